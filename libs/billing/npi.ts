/** The check digit of an NPI is computed as if this card-issuer prefix stood before it (45 CFR 162.406; CMS check digit rule). */
const PREFIX = '80840';

const luhnSum = (digits: string): number =>
  Array.from(digits)
    .reverse()
    .reduce((sum, character, index) => {
      const digit = Number(character);
      if (index % 2 === 0) return sum + digit;
      return sum + (digit > 4 ? digit * 2 - 9 : digit * 2);
    }, 0);

/** Whether a text is a National Provider Identifier: ten digits, the first 1 or 2, with a right check digit. */
export const isNpi = (text: string): boolean => /^[12]\d{9}$/.test(text) && luhnSum(PREFIX + text) % 10 === 0;
