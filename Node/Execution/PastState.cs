using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The state after the block of one height, whatever blocks come while it is read: each read takes the lock of the
/// live state for itself alone, so that a long computation holds up no block. Thread-safe.
/// </summary>
internal sealed class PastState(LiveState live, Height height) : IStateReader
{
    /// <summary>
    /// False where the height is no longer, or not yet, among those that can be read: what was read is then of no use.
    /// </summary>
    public bool IsKept => live.Keeps(height);

    public bool TryGetAccount(Address address, out AccountState account) =>
        live.TryGetAccount(address, height, out account);

    public UInt256 GetStorage(Address address, in UInt256 key) => live.GetStorage(address, key, height);

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => live.GetCode(codeHash);
}
