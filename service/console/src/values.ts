/** A value of a flag as it is written; null stands for the default in the code. */
export const valueWords = (value: unknown): string => (value === null || value === undefined ? 'the default in the code' : JSON.stringify(value));
