// The shapes that travel between server and page, and those of the player, for the type checker only.

export interface Reason { about: string; key: string; text: string; source: string; inputs: Record<string, any> }
export interface Tempo { up_s: number; hold_s: number; down_s: number; rest_s: number }

export interface Task {
  exercise: string;
  name: string;
  /** both, each, left or right */
  side: string;
  sides: string[];
  sets: number;
  reps: number | null;
  holds: number | null;
  hold_s: number | null;
  load_kg: number | null;
  band: string | null;
  level?: string | null;
  rest_s: number;
  tempo: Tempo | null;
  seconds: number;
  because: Reason[];
  /** What a physiotherapist wrote to it; empty for nothing. */
  note?: string;
  footwear: string;
  /** What this person has for it, in a sentence; empty for nothing. */
  needs?: string;
  cues?: Record<string, string>;
  how?: string[];
  cautions?: string[];
  mistakes?: string[];
  /** Whether it has an easier dose left. */
  can_ease?: boolean;
  /** The gentler exercises it may make way for. */
  gentler?: string[] | null;
  figure_text?: string;
  asks_effort?: boolean;
  camera?: { view: string; counts: string; position?: string; metronome?: boolean; experiment?: Experiment | null };
}

/** What the camera may try where it cannot count: off until somebody asks for it. */
export interface Experiment { counts: string; says: string }

/** What the camera saw of a set. */
export interface SeenRep { range_deg: number; up_s: number; down_s: number; faults: string[] }
export interface SeenHold { seconds: number; faults: string[] }
export interface SeenSet { seen_fraction: number; reps: SeenRep[]; holds: SeenHold[]; form: number | null }

/** What was found in a film: the reps or holds, each with its moments, and all that can be kept. */
export interface FilmRep { n: number; side: string; start_s: number; peak_s: number; end_s: number; range_deg: number; up_s: number; down_s: number; faults: string[]; pace: string[]; judged: boolean }
export interface FilmHold { side: string; start_s: number; end_s: number; seconds: number; faults: string[] }
export interface FilmCurve { name: string; unit: string; t_s: number[]; values: (number | null)[] }
export interface Film {
  exercise: string;
  side: string;
  /** each or both */
  sides: string;
  duration_s: number;
  seen_fraction: number;
  /** All that stood in the way at some time, the longest first. */
  in_the_way: { title: string; says: string }[];
  lost: { start_s: number; why: string }[];
  tempo: (Tempo & { out: string; back: string }) | null;
  timed_short: string;
  reps: FilmRep[];
  short: number;
  holds: FilmHold[];
  curve: FilmCurve | null;
  sets: any[];
  kept: { session: string; entry_id: string; day: string } | null;
  now: string;
}

/** The movement of an exercise in the camera's view: joints in metres, frame by frame, out and back. */
export interface Ghost {
  exercise: string;
  /** left, right or both */
  side: string;
  tempo: Tempo;
  joints: number[];
  limbs: [number, number, number][];
  planted: number[];
  end: number;
  frames: number[][];
}

export interface Step {
  index: number;
  kind: "ready" | "reps" | "hold" | "hold_rest" | "rest" | "switch" | "pain";
  task: number;
  side: string;
  set: number;
  hold: number | null;
  reps: number | null;
  seconds: number | null;
  ends_set: boolean;
}

export interface LoggedSet {
  event_id: string;
  task: number;
  exercise: string;
  side: string;
  set: number;
  reps: number | null;
  holds: number | null;
  hold_s: number | null;
  /** How long each hold lasted, where one was left early. */
  held_s?: number[] | null;
  load_kg: number | null;
  counted_by?: string;
  camera?: SeenSet | null;
}

export interface NotedEffort { entry_id: string; item: number; exercise: string; left: string }

export interface NotedPain { entry_id: string; when: string; nprs: number; item: number | null; exercise: string | null; knee: string | null }

/** An exercise that was left out or stopped, by the entry that says so; `pain`: the red pain that stopped it. */
export interface GoneTask { entry_id: string | null; kind: "item.skipped" | "item.stopped"; item: number; pain: string | null }

export interface Session {
  id: string;
  entry_id: string;
  day: string;
  scope: string;
  begun_at: string;
  last_at: string;
  finished: boolean;
  paused: boolean;
  step: number;
  tasks: Task[];
  steps: Step[];
  sets: LoggedSet[];
  pains: NotedPain[];
  efforts: NotedEffort[];
  peaks: Record<string, number>;
  before: number | null;
  after: number | null;
  gone: GoneTask[];
  skipped: number[];
  stopped: number[];
  now?: string;
}

/** An event on its way to the log; `undoes` is said of a finish that it takes back. */
export interface Note { id: string; kind: string; at: string; body: Record<string, any>; undoes?: { kind: string } }

/** Where the player is: see live/player.js. */
export interface State {
  /** Index of the step; the number of steps when all is done. */
  step: number;
  /** When the step ends, while it runs. */
  ends: number | null;
  /** What was left of it, while it stands still. */
  left_ms: number | null;
  paused: boolean;
  /** Counted in this step. */
  reps: number;
  /** How many of them the beat counted. */
  led: number;
  /** The person counts this set: the beat is off until the next. */
  own: boolean;
  /** Seconds of each hold of this set so far. */
  held: number[];
}

export interface Scene { steps: Step[]; tasks: Task[]; gone: Set<number>; sets: LoggedSet[]; beat: boolean }
export interface Entry { kind: string; body: Record<string, any> }
export interface Move { state: State; entries: Entry[] }
