import type { DisclosureChange, DisclosureRecord, Lease } from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import type { Scope } from '../scope.js';
import type { Happenings } from '../webhook-line.js';
import { DisclosureRows } from './disclosure-repository.js';

/** Disclosures whose every new state is noted for webhook endpoints, whichever use case brought it about. */
export class ToldDisclosureRows extends DisclosureRows {
  constructor(
    scope: Scope,
    private readonly happened: Pick<Happenings, 'added' | 'moved'>,
  ) {
    super(scope);
  }

  override async add(disclosures: readonly DisclosureRecord[]): Promise<void> {
    await super.add(disclosures);
    this.happened.added.push(...disclosures);
  }

  override async move(
    changes: readonly DisclosureChange[],
    fence: string | undefined,
    lease?: Lease,
  ): Promise<readonly DisclosureId[]> {
    const moved = await super.move(changes, fence, lease);
    const ids = new Set(moved);
    this.happened.moved.push(...changes.filter(({ id }) => ids.has(id)));
    return moved;
  }
}
