using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;
using EnergyChain.Vm;

namespace EnergyChain.Ledger.Tests.Execution;

/// <summary>A small chain without consensus: accounts with coin, blocks of transactions, balances to look at.</summary>
internal sealed class TestLedger : IBlockHashes
{
    public const ulong GasPrice = 10;

    public static readonly Address Proposer = Address.FromNumber(0xFEE);

    public TestLedger(ulong balanceEach = 1_000_000_000, params GenesisAccount[] contracts)
        : this(
            new Council([]),
            new ChainParameters { ChainId = new ChainId(5), GasPrice = GasPrice },
            balanceEach,
            contracts)
    {
    }

    public TestLedger(
        Council council, ChainParameters parameters, ulong balanceEach, params GenesisAccount[] contracts)
    {
        Genesis = new Genesis(
            new BlockTime(1_700_000_000_000),
            parameters,
            council,
            [.. Keys.Select(key => new GenesisAccount(key.Address, balanceEach, default, [])), .. contracts]);
        State = WorldState.FromGenesis(Genesis);
        Terms = new TermHistory(Genesis.Term);
    }

    public static SigningKey[] Keys { get; } =
        [.. Enumerable.Range(1, 4).Select(i => SigningKey.FromSeed([.. Enumerable.Repeat((byte)i, 32)]))];

    public Genesis Genesis { get; }

    public WorldState State { get; }

    public TermHistory Terms { get; private set; }

    public Height Height { get; private set; }

    public UInt256 Supply => new[] { Proposer }.Concat(State.Copy().Entries().OfType<StateEntry.Account>()
        .Select(account => account.Address)).Distinct().Aggregate(UInt256.Zero, (sum, one) => sum + BalanceOf(one));

    public Transaction Transfer(int from, Address? to, ulong value, Action<Draft>? change = null)
    {
        Draft draft = new()
        {
            Nonce = State.TryGetAccount(Keys[from].Address, out var account) ? account.Nonce : 0,
            GasLimit = 21_000,
            Data = [],
        };
        change?.Invoke(draft);
        TransactionBody body = new()
        {
            ChainId = Genesis.ChainId,
            Nonce = draft.Nonce,
            GasLimit = new Gas(draft.GasLimit),
            GasPrice = draft.GasPrice,
            To = to,
            Value = value,
            Data = draft.Data,
            ValidUntil = new Height(draft.ValidUntil),
            FeePayer = draft.FeePayer?.Address,
        };
        return body.Sign(Keys[from], draft.FeePayer);
    }

    public BlockResult Execute(params Transaction[] transactions) => Execute([], transactions);

    /// <summary>Executes the next block; from what it decides of the term the heights after the next one go.</summary>
    public BlockResult Execute(IReadOnlyList<Evidence> evidence, Transaction[] transactions)
    {
        Height = Height.Next;
        Block block = new(
            new BlockHeader
            {
                ChainId = Genesis.ChainId,
                Height = Height,
                Time = Genesis.Time.AddMs(1_000 * Height.Value),
                ParentHash = Hash32.Zero,
                TransactionsRoot = Hash32.Zero,
                ParentStateRoot = State.Root,
                ParentReceiptsRoot = Hash32.Zero,
                ParentGasUsed = default,
                TermHash = Hash32.Zero,
                NextTermHash = Hash32.Zero,
                Proposer = Proposer,
                LastCertificateHash = Hash32.Zero,
                EvidenceRoot = Hash32.Zero,
            },
            null,
            evidence,
            transactions);
        BlockResult result = new BlockProcessor().Execute(block, State, this, Terms);
        State.Apply(result.Changes);
        Terms = result.Council.Term is { } term ? Terms.Add(Height.Next.Next, term) : Terms;
        return result;
    }

    public UInt256 BalanceOf(Address address) =>
        State.TryGetAccount(address, out var account) ? account.Balance : UInt256.Zero;

    public Hash32 GetBlockHash(Height height) => Hash32.Zero;

    internal sealed class Draft
    {
        public ulong Nonce { get; set; }

        public ulong GasLimit { get; set; }

        public ulong GasPrice { get; set; } = TestLedger.GasPrice;

        public ulong ValidUntil { get; set; } = 50;

        public byte[] Data { get; set; } = [];

        public SigningKey? FeePayer { get; set; }
    }
}
