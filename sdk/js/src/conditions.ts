// The rarer operators. Imported for its effect: from then on the core knows them.
import { instant } from './instant.js';
import { inNetwork } from './network.js';
import { pattern } from './pattern.js';
import { alike, once, operators } from './test.js';
import { version } from './version.js';

operators.matches = alike<string>((a, b, test) => once(test, () => pattern(b)).test(a));
operators.before = alike<string>((a, b) => instant(a)! < instant(b)!);
operators.after = alike<string>((a, b) => instant(a)! > instant(b)!);
operators.version_lt = alike<string>((a, b) => version(a)! < version(b)!);
operators.version_ge = alike<string>((a, b) => version(a)! >= version(b)!);
operators.cidr = (a, b) => typeof a === 'string' && [b].flat().some((network: string) => inNetwork(a, network));
