/** A national provider identifier: ten digits whose last is the Luhn check digit over `80840` and the first nine. */
export const isNpi = (text: string): boolean => {
  if (!/^[12]\d{9}$/.test(text)) return false;
  let sum = 24;
  for (let index = 0; index < text.length; index += 1) {
    const digit = Number(text.charAt(index));
    const doubled = digit * 2;
    sum += index % 2 === 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
  }
  return sum % 10 === 0;
};

const STATES = new Set(
  (
    'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR ' +
    'PA RI SC SD TN TX UT VT VA WA WV WI WY AS FM GU MH MP PR PW VI AA AE AP'
  ).split(' '),
);

/** A state, district, territory or military region of the United States as the postal service abbreviates it. */
export const isState = (text: string): boolean => STATES.has(text);

/** A postal code of five or nine digits without a hyphen. */
export const isZip = (text: string): boolean => /^\d{5}(?:\d{4})?$/.test(text) && !text.endsWith('0000');

/** An ICD-10-CM code without its point, by shape alone. */
export const isDiagnosisCode = (text: string): boolean => /^[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}$/.test(text);

/** A CPT or HCPCS level II code, by shape alone. */
export const isProcedureCode = (text: string): boolean => /^(?:\d{4}[0-9A-Z]|[A-Z]\d{4})$/.test(text);

export const isModifier = (text: string): boolean => /^[A-Z0-9]{2}$/.test(text);

export const isPlaceOfService = (text: string): boolean => /^\d{2}$/.test(text);

export const isTaxId = (text: string): boolean => /^\d{9}$/.test(text);

export const isTaxonomy = (text: string): boolean => /^[A-Z0-9]{9}X$/.test(text);

/** A box at a post office, which is no place at which a billing provider practises. */
export const isPostOfficeBox = (text: string): boolean =>
  /\b(?:P\.?\s*O\.?\s*BOX|POST\s+OFFICE\s+BOX|LOCK\s*BOX)\b/i.test(text);
