// Whom a question is about, as the query of its address has it: the same query that /v1/explain takes.
export const kinds = [['attr', 'text'], ['num', 'number'], ['bool', 'true or false']] as const;
export type Kind = (typeof kinds)[number][0];

export interface Attribute {
  kind: Kind;
  name: string;
  value: string;
}

export interface Subject {
  unit: string;
  type: string;
  attributes: Attribute[];
}

export function readSubject(query: URLSearchParams, asked: string[]): Subject {
  const attributes = [...query].flatMap(([name, value]): Attribute[] => {
    const kind = kinds.find(([each]) => name.startsWith(`${each}.`))?.[0];
    return kind ? [{ kind, name: name.slice(kind.length + 1), value }] : [];
  });
  const missing = [...new Set(asked)].filter((name) => !attributes.some((each) => each.name === name));
  return {
    unit: query.get('unit') ?? '',
    type: query.get('unit_type') ?? 'user',
    attributes: [...attributes, ...missing.map((name): Attribute => ({ kind: 'attr', name, value: '' }))],
  };
}

/** What is empty is not said. */
export function writeSubject({ unit, type, attributes }: Subject): Record<string, string> {
  const told = attributes.filter(({ name, value }) => name.trim() !== '' && value.trim() !== '');
  return {
    ...(unit && { unit }), ...(type && type !== 'user' && { unit_type: type }),
    ...Object.fromEntries(told.map(({ kind, name, value }) => [`${kind}.${name.trim()}`, kind === 'attr' ? value : value.trim()])),
  };
}
