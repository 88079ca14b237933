/** `an entity`, `a measure`: what messages call a thing of some kind. */
export const withArticle = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
