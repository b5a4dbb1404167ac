import type { Slogan } from '../../../../src/domain/slogan.ts';
import type { AlbumView } from '../../../../src/api/photos-api.ts';
import type { ShowItem } from '../../../../src/domain/show.ts';
import { useClient } from '../../../api/connect.ts';
import { useWords } from '../../../composables/useWords.ts';
import { useFollowed } from '../parts/useFollowed.ts';

/** What shows can be made of. */
export interface ShowMaterial {
  albums: AlbumView[];
  slogans: Slogan[];
}

/** One part of a show in words; `gone` when the album or slogan does not exist any more. */
export interface ItemWords {
  label: string;
  gone: boolean;
}

/** The albums and slogans there are, kept up to date, and the words for the parts of a show. */
export function useShowItems() {
  const { t, words } = useWords();
  const client = useClient();
  const { data: material } = useFollowed(['photos', 'slogans'], async (): Promise<ShowMaterial> => {
    const [{ albums }, { slogans }] = await Promise.all([
      client.call('photos.library', { limit: 1 }),
      client.call('slogans.list', {}),
    ]);
    return { albums, slogans };
  });

  function wordsOf(item: ShowItem, { albums, slogans }: ShowMaterial): ItemWords {
    switch (item.kind) {
      case 'welcome':
      case 'count':
        return { label: t(`officeShows.${item.kind}`), gone: false };
      case 'all-photos':
        return { label: t('officeShows.allPhotos'), gone: false };
      case 'all-slogans':
        return { label: t('officeShows.allSlogans'), gone: false };
      case 'album': {
        const album = albums.find(({ albumId }) => albumId === item.albumId);
        return album
          ? { label: t('officeShows.album', { name: album.name }), gone: false }
          : { label: t('officeShows.goneAlbum'), gone: true };
      }
      case 'slogan': {
        const slogan = slogans.find(({ sloganId }) => sloganId === item.sloganId);
        return slogan
          ? { label: t('officeShows.slogan', { text: words(slogan.text) }), gone: false }
          : { label: t('officeShows.goneSlogan'), gone: true };
      }
    }
  }

  return { material, wordsOf };
}
