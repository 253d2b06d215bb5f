/** How figures stand in the report; `–` for what was not measured. */
export const number = (value) => (value === undefined ? '–' : Number(value).toLocaleString('en-US'));

/** @param {number | undefined} ms milliseconds */
export const seconds = (ms) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);
