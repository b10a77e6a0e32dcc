// The rarer operators. Imported for its effect: from then on the core knows them.
import { instant } from './instant.js';
import { inNetwork } from './network.js';
import { pattern } from './pattern.js';
import { ofTexts, once, operators } from './test.js';
import { version } from './version.js';

operators.matches = ofTexts((a, b, test) => once(test, () => pattern(b)).test(a));
operators.before = ofTexts((a, b) => instant(a)! < instant(b)!);
operators.after = ofTexts((a, b) => instant(a)! > instant(b)!);
operators.version_lt = ofTexts((a, b) => version(a)! < version(b)!);
operators.version_ge = ofTexts((a, b) => version(a)! >= version(b)!);
operators.cidr = ofTexts((a, b: string | readonly string[]) => [b].flat().some((network) => inNetwork(a, network)));
