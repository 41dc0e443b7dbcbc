using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>The committed world state, as executing code reads it. No call throws or changes anything.</summary>
public interface IStateReader
{
    /// <summary>False where the account does not exist.</summary>
    bool TryGetAccount(Address address, out AccountState account);

    /// <summary>A storage word; zero where nothing is stored.</summary>
    UInt256 GetStorage(Address address, in UInt256 key);

    /// <summary>The code with this Keccak-256; empty where it is unknown.</summary>
    ReadOnlyMemory<byte> GetCode(Hash32 codeHash);
}
