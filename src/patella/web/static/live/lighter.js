// Something lighter in the place of an exercise: a gentler one, or an easier dose. The server makes it.
import { freshId, steady } from "/static/app/clock.js";
import { training } from "/static/app/training.js";
import { outbox } from "/static/live/outbox.js";
import * as player from "/static/live/player.js";
import { samePlace, startOf } from "/static/live/steps.js";

/** @typedef {import("./run.js").Run} Run */

/**
 * Swap an exercise for its gentler neighbour, or for the one that is named.
 * @param {Run} run
 * @param {number} item
 * @param {string|null} [to]
 */
export async function swap(run, item, to = null) {
  const { record } = run;
  const was = record.session.tasks[item].name;
  await outbox.empty(record.kept.id);
  record.take((await training.swap(record.kept.id, { id: freshId(), item, to })).session);
  run.undos = [];
  run.notice = `${was} swapped for ${record.session.tasks[item].name}.`;
  run.move(player.enter(run.scene, run.state, startOf(run.scene.steps, item), steady()));
  run.tell();
}

/** One step easier for the rest of the session. @param {Run} run @param {number} item */
export async function ease(run, item) {
  const { record, step: was } = run;
  await outbox.empty(record.kept.id);
  record.take((await training.ease(record.kept.id, { id: freshId(), item })).session);
  const { scene } = run;
  const step = was && was.task === item ? samePlace(scene.steps, was) : run.state.step;
  run.move(player.enter(scene, run.state, step, steady()));
  run.notice = "One step easier for the rest of this session.";
  run.tell();
}
