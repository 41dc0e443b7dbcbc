using EnergyChain.Benchmarks.Verify;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Tests;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// Plain transfers of some senders, signed, in the order in which they arrive: the first of each sender, then the
/// second of each. The same in every run.
/// </summary>
internal sealed class SignedTransfers
{
    private const int FirstSender = 2_000_000;

    public SignedTransfers(int senders, int transfersEach)
    {
        Keys = new SigningKey[senders];
        All = new Transaction[senders * transfersEach];
        Parallel.For(0, senders, i => Keys[i] = FullBlockChain.KeyOf(FirstSender + i));
        Parallel.For(0, All.Length, i => All[i] = Transfer(Keys[i % senders], (ulong)(i / senders)));
    }

    public static ChainId ChainId => BareBlock.ChainId;

    /// <summary>Of the senders.</summary>
    public SigningKey[] Keys { get; }

    public Transaction[] All { get; }

    /// <summary>A genesis in which the senders have coin.</summary>
    /// <param name="validator">The only member of the council.</param>
    /// <param name="others">Accounts beside them.</param>
    public Genesis Genesis(SigningKey validator, params GenesisAccount[] others) => new(
        new BlockTime(BareBlock.StartMs),
        new ChainParameters { ChainId = ChainId, GasPrice = 1 },
        new Council([new CouncilMember(validator.PublicKey)]),
        [
            .. Keys.Select(static key => new GenesisAccount(key.Address, 1_000_000_000_000, default, []))
                .Concat(others)
                .OrderBy(static account => account.Address),
        ]);

    /// <summary>A block of all of them at a height, by itself: nothing in its header refers to a chain.</summary>
    public CommittedBlock BlockAt(ulong height) => BareBlock.At(new Height(height), default, All);

    private static Transaction Transfer(SigningKey key, ulong nonce) => new TransactionBody
    {
        ChainId = ChainId,
        Nonce = nonce,
        GasLimit = new Gas(21_000),
        GasPrice = 1,
        To = Address.FromNumber(7),
        Value = UInt256.One,
        ValidUntil = new Height(1_000),
    }.Sign(key);
}
