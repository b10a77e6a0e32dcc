export * from './document.js';
export { NotLocal, passes } from './test.js';
export { decide } from './decide.js';
export { murmur3, slotOf } from './hash.js';
