// Where size does not matter: the core with every operator.
import './conditions.js';
export * from './index.js';
