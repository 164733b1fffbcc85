import { describe, expect, it } from 'vitest';
import { placeIn } from '../../src/system/mount.ts';

const container = `1 0 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/l,upperdir=/u
2 1 0:51 / /proc rw,nosuid - proc proc rw
3 1 259:1 /volumes/data /data rw,relatime shared:12 - ext4 /dev/nvme0n1p1 rw
4 3 0:60 / /data/scratch rw - tmpfs tmpfs rw,size=65536k
5 1 259:1 /volumes/b /with\\040space rw - xfs /dev/nvme0n1p1 rw
6 1 0:61 / /hidden rw - tmpfs tmpfs rw
7 6 259:1 /v /hidden rw - ext4 /dev/nvme0n1p1 rw
`;

describe('where a folder is lost with its container', () => {
  it.each([
    ['/srv/modelgraph', 'the layer of this container (overlay)'],
    ['/database', 'the layer of this container (overlay)'],
    ['/data', null],
    ['/data/pg', null],
    ['/data/scratch/wal', 'the memory of this machine (tmpfs)'],
    ['/with space/data', null],
    ['/hidden/data', null],
  ])('%s', (path, place) => {
    expect(placeIn(container, path)).toBe(place);
  });

  it('is not known where the system does not say', () => {
    expect(placeIn('', '/data')).toBe(null);
  });
});
