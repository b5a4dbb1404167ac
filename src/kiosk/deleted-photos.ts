import { Problem } from '../domain/problem.ts';
import { removePhotoFiles, type PhotoFiles } from '../photos/photo-files.ts';

/**
 * Removes every file of photos that were deleted; may be called again.
 * @throws Problem `photo-files-left` when the disk keeps one.
 */
export async function removeDeletedPhotos(photoIds: Iterable<string>, files: PhotoFiles): Promise<void> {
  for (const photoId of photoIds) {
    try {
      await removePhotoFiles(files, photoId);
    } catch (cause) {
      throw new Problem(
        'photo-files-left',
        {
          en: 'The photo is shown nowhere any more, but its files could not be removed from the disk. The kiosk tries again at its next start; please have the disk checked.',
          zh: '照片已不再显示，但其文件无法从磁盘删除。下次启动时会再次尝试，请检查磁盘。',
        },
        { cause },
      );
    }
  }
}
