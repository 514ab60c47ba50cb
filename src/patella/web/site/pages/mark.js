// That there was a diary: a browser that clears it away does not say so. The mark stays here: a cookie might outlive it,
// and would tell whoever hosts the files.
const DIARY = "patella_diary"; // kept apart from the diary: that something was written into one here

let noted = false;

/** Something was written. */
export function noteDiary() {
  if (noted) return;
  noted = true;
  try {
    localStorage.setItem(DIARY, "1");
  } catch { /* then it is not noticed */ }
}

/** Whether there was one. */
export function hadDiary() {
  try {
    return localStorage.getItem(DIARY) !== null;
  } catch {
    return false;
  }
}

/** There is none any more, and that is meant. */
export function dropMark() {
  noted = false;
  try {
    localStorage.removeItem(DIARY);
  } catch { /* it was not there */ }
}
