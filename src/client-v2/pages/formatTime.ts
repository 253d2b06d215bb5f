/** An instant from the API in the reader's zone and language. */
export const formatTime = (instant: string): string => new Date(instant).toLocaleString();
