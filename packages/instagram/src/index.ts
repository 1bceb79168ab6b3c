export const instagram = 1
