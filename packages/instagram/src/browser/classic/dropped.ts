/** The address of a picture that was dragged over from another page. */
export function imageAddress (dropped: DataTransfer | null): string | undefined {
  const plain = dropped?.getData('text/plain') ?? ''
  if (/^https?:\/\//.test(plain)) return plain
  const html = dropped?.getData('text/html') ?? ''
  return new DOMParser().parseFromString(html, 'text/html').querySelector('img')?.src || undefined
}

export function hasFolder (dropped: DataTransfer | null): boolean {
  return [...dropped?.items ?? []].some(item => item.webkitGetAsEntry()?.isDirectory === true)
}
