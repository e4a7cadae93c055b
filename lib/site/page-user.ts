// TEMPORARY until branch page is merged
export function parsePageUser(text: string | null): { user: any; problems: string[] } {
  if (text === null) return { user: null, problems: [] };
  try {
    const v = JSON.parse(text);
    if (v === null) return { user: null, problems: [] };
    if (typeof v?.identifier !== 'string' || !v.identifier)
      return { user: undefined, problems: ['identifier'] };
    return {
      user: {
        identifier: v.identifier,
        hash: v.identifierHash ?? null,
        name: v.name ?? null,
        email: v.email ?? null,
        phoneNumber: v.phoneNumber ?? null,
        avatarUrl: null,
        customAttributes: v.customAttributes ?? {},
      },
      problems: [],
    };
  } catch {
    return { user: undefined, problems: ['not JSON'] };
  }
}
export function parseCustomAttributes(text: string): { attributes: any; problems: string[] } {
  try {
    return { attributes: JSON.parse(text), problems: [] };
  } catch {
    return { attributes: null, problems: ['x'] };
  }
}
