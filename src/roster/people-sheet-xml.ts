/** What may stand before a tag's own name, for use in regular expressions. */
export const PREFIX = '(?:[^\\s<>/:]+:)?';

/** The value of an attribute, as it stands in the XML. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found?.[1] ?? found?.[2];
}

/** The attributes of every such tag, as they stand in the XML. */
export function tagsOf(xml: string, tag: string): string[] {
  const tags = xml.matchAll(new RegExp(`<${PREFIX}${tag}(?=[\\s/>])([^>]*)>`, 'g'));
  return Array.from(tags, ([, attributes]) => attributes!);
}
