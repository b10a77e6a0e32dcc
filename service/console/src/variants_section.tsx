import { flagsOf, typed, type Draft, type DraftVariant } from './draft';
import { Field, Numeric, Section, Text } from './fields';

const even = (variants: DraftVariant[]): DraftVariant[] => {
  const each = Math.floor(1_000_000 / variants.length) / 10_000;
  const first = typed(100 - each * (variants.length - 1));
  return variants.map((variant, index) => ({ ...variant, weight: index === 0 ? first : typed(each) }));
};

const withFlag = (variants: DraftVariant[], flag: string): DraftVariant[] =>
  variants.map((variant) => ({ ...variant, values: { ...variant.values, [flag]: '' } }));

function VariantFields({ index, variant, onChange, onRemove }: {
  index: number; variant: DraftVariant; onChange: (change: Partial<DraftVariant>) => void; onRemove: (() => void) | undefined;
}) {
  const title = index === 0 ? 'Control: as it is today' : `Variant ${index}`;
  return (
    <fieldset>
      <legend>{title}</legend>
      <div class="row">
        <Field id={`variant-${index}`} label="Key" narrow>
          <Text id={`variant-${index}`} value={variant.key} placeholder="one-page" onText={(key) => onChange({ key })} />
        </Field>
        <Field id={`variant-${index}-name`} label="Name" narrow>
          <Text id={`variant-${index}-name`} value={variant.name} maxLength={200} onText={(name) => onChange({ name })} />
        </Field>
        <Field id={`weight-${index}`} label="Share" narrow>
          <Numeric id={`weight-${index}`} value={variant.weight} unit="%" onText={(weight) => onChange({ weight })} />
        </Field>
        {onRemove && <button type="button" class="quiet" aria-label={`Remove variant ${index}`} onClick={onRemove}>Remove</button>}
      </div>
      {Object.entries(variant.values).map(([flag, value]) => (
        <Field key={flag} id={`value-${index}-${flag}`} label={`Gives ${flag || 'the flag'}`}>
          <Text id={`value-${index}-${flag}`} value={value} placeholder="true, 3, a text, {…}" onText={(text) => onChange({ values: { ...variant.values, [flag]: text } })} />
        </Field>
      ))}
    </fieldset>
  );
}

function FlagFields({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const flags = flagsOf(draft.variants);
  const each = (edit: (values: Record<string, string>) => Record<string, string>) =>
    onChange({ variants: draft.variants.map((variant) => ({ ...variant, values: edit(variant.values) })) });
  const rename = (from: string, to: string) =>
    each((values) => Object.fromEntries(Object.entries(values).map(([flag, value]) => [flag === from ? to : flag, value])));
  return (
    <>
      {flags.map((flag, index) => (
        <div class="row" key={index}>
          <Field id={`flag-${index}`} label="Flag" narrow><Text id={`flag-${index}`} value={flag} onText={(to) => rename(flag, to)} /></Field>
          <button type="button" class="quiet" aria-label={`Remove flag ${flag}`}
            onClick={() => each((values) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== flag)))}>Remove</button>
        </div>
      ))}
      {flags.length === 0 && (
        <p class="soft">
          Code asks for the flag <code>{draft.key || '…'}</code>, which gives{' '}
          {draft.variants.length === 2 ? 'true to the variant and false to control.' : "each variant's key."}
        </p>
      )}
    </>
  );
}

export function VariantsSection({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const { variants } = draft;
  const put = (index: number, change: Partial<DraftVariant>) =>
    onChange({ variants: variants.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  const flags = flagsOf(variants);
  const values = Object.fromEntries(flags.map((flag) => [flag, '']));
  const added = () => even([...variants, { key: '', name: '', weight: '', values }]);
  return (
    <Section id="variants" title="What">
      {variants.map((variant, index) => (
        <VariantFields key={index} index={index} variant={variant} onChange={(change) => put(index, change)}
          onRemove={index === 0 || variants.length === 2 ? undefined : () => onChange({ variants: even(variants.filter((_, at) => at !== index)) })} />
      ))}
      <FlagFields draft={draft} onChange={onChange} />
      <div class="row">
        {!flags.includes('') && (
          <button type="button" class="quiet" onClick={() => onChange({ variants: withFlag(variants, flags.length === 0 ? draft.key : '') })}>
            {flags.length === 0 ? 'Give other values' : 'Another flag'}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => onChange({ variants: added() })}>Another variant</button>
      </div>
    </Section>
  );
}
