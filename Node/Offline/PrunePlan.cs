using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Offline;

/// <summary>What pruning would remove.</summary>
/// <param name="First">The first block that stays.</param>
/// <param name="Blocks">Blocks that go.</param>
/// <param name="Bytes">Bytes that are freed, of blocks and receipts.</param>
/// <param name="Checkpoint">The oldest proven checkpoint, above which the node can start.</param>
/// <param name="Wanted">The first block that was to stay by the operator's number.</param>
/// <param name="Notes">What an operator should know, one sentence each.</param>
internal sealed record PrunePlan(
    Height First, ulong Blocks, long Bytes, Height Checkpoint, Height Wanted, IReadOnlyList<string> Notes);
