using EnergyChain.Client.Light;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Vm.State;

namespace EnergyChain.Wallet.Cli;

/// <summary>
/// As much of a state as a node has proven. What it left out is no zero: looking at it ends the call with a
/// <see cref="ProofException"/>.
/// </summary>
internal sealed class WitnessState : IStateReader
{
    private readonly Dictionary<Address, AccountValue?> _accounts = [];
    private readonly Dictionary<(Address Address, UInt256 Slot), UInt256> _words = [];
    private readonly IReadOnlyDictionary<Hash32, ReadOnlyMemory<byte>> _code;

    public WitnessState(StateWitness witness, IReadOnlyDictionary<Hash32, ReadOnlyMemory<byte>> code)
    {
        _code = code;
        foreach (StorageProof proof in witness.Accounts)
        {
            _accounts[proof.Account.Address] = proof.Account.Value;
            foreach (SlotProof slot in proof.Slots)
            {
                _words[(proof.Account.Address, slot.Slot)] = slot.Word;
            }
        }
    }

    public bool TryGetAccount(Address address, out AccountState account)
    {
        if (!_accounts.TryGetValue(address, out AccountValue? value))
        {
            throw Omitted($"account {address}");
        }

        account = value is { } held ? new AccountState(held.Nonce, held.Balance, held.CodeHash) : default;
        return value is not null;
    }

    public UInt256 GetStorage(Address address, in UInt256 key) =>
        _words.TryGetValue((address, key), out UInt256 word)
            ? word
            : throw Omitted($"storage slot {key} of {address}");

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) =>
        _code.TryGetValue(codeHash, out ReadOnlyMemory<byte> code) ? code : throw Omitted($"code {codeHash}");

    private static ProofException Omitted(string what) =>
        new(ProofFailure.Omitted, $"The call looks at {what}, which the node's proof leaves out.");
}
