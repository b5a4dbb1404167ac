/** Words in both of the kiosk's languages: English and Simplified Chinese. */
export interface Bilingual {
  en: string;
  zh: string;
}
