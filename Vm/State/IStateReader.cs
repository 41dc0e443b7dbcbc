using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>
/// The committed world state as of the parent block. It must not change while a <see cref="StateOverlay"/> over it
/// is in use. No call throws.
/// </summary>
public interface IStateReader
{
    /// <summary>False, and an undefined account, where none is stored.</summary>
    bool TryGetAccount(Address address, out AccountState account);

    /// <summary>Zero where nothing is stored.</summary>
    UInt256 GetStorage(Address address, in UInt256 key);

    /// <summary>
    /// Whether the account holds any storage; asked only for accounts without code and nonce, which no contract can
    /// be created over then (EIP-7610). No chain whose genesis gives storage to contracts alone can have such an
    /// account, so false is right for it.
    /// </summary>
    bool HasStorage(Address address) => false;

    /// <summary>
    /// The code with this Keccak-256; empty where it is unknown. It is asked only for hashes that an account of this
    /// state carries, and the bytes must never change.
    /// </summary>
    ReadOnlyMemory<byte> GetCode(Hash32 codeHash);
}
