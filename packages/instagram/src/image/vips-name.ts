/**
 * A path as libvips reads it: what stands in brackets at its end are options of the loader. So a name that ends in a bracket
 * would be taken apart, and a stranger's file name could set options; an option list of our own, even an empty one, prevents both.
 */
export function vipsName (path: string, options: Readonly<Record<string, number>> = {}): string {
  const list = Object.entries(options).map(([name, value]) => `${name}=${value}`).join(',')
  return list === '' && !path.endsWith(']') ? path : `${path}[${list}]`
}
