// Styles that components make while they run carry the nonce of the page. Most take it from the provider; the lock that keeps the page
// behind a dialog from scrolling makes its style element without asking, so it is given the nonce here.

export const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

const create = document.createElement.bind(document);
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options);
  if (nonce && name.toLowerCase() === 'style') element.nonce = nonce;
  return element;
}) as typeof document.createElement;
