using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;

namespace EnergyChain.Ledger.Tests.Execution;

/// <summary>
/// Klaytn stood still for 36 hours because a prefetch and the execution shared memory: blocks give the same whatever
/// runs beside them and whatever is cached.
/// </summary>
public sealed class SameRootTests
{
    private const int Blocks = 30;
    private const ulong Start = 100_000_000;

    private static readonly Address Counter = Address.FromNumber(0x5000);

    // Adds one to the slot that the first word of the call data names, forty times, so that it is worth compiling.
    private static readonly byte[] CounterCode = Convert.FromHexString(
        "6028" + "5b" + "5f3554" + "600101" + "5f3555" + "6001900380" + "600257" + "00");

    [Test]
    [Property("Incident", "Klaytn 2021-11")]
    public async Task Blocks_give_the_same_roots_serially_and_in_parallel_with_caches_and_without()
    {
        TestLedger ledger = new(Start, new GenesisAccount(Counter, 0, CounterCode, []));
        Block[] blocks = [.. Enumerable.Range(1, Blocks).Select(height => BlockOf(ledger, height))];
        Outcome[] expected = Execute(ledger, blocks, keepsProcessor: false, hashSeed: 0);
        Assert.That(expected.Select(outcome => outcome.Gas), Is.All.InRange(100_000ul, 899_999ul), "calls ran");
        Assert.That(expected.Select(outcome => outcome.Root), Is.Unique);

        Assert.That(Execute(ledger, blocks, keepsProcessor: true, hashSeed: 0), Is.EqualTo(expected), "caches");
        Assert.That(Execute(ledger, blocks, keepsProcessor: true, hashSeed: 77), Is.EqualTo(expected), "another order");
        Outcome[][] parallel = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() =>
            Execute(ledger, blocks, keepsProcessor: index % 2 == 0, hashSeed: (ulong)index))));
        Assert.That(parallel, Is.All.EqualTo(expected), "beside each other, over the same blocks");
    }

    private static Block BlockOf(TestLedger ledger, int height)
    {
        Transaction[] transactions =
        [
            .. Enumerable.Range(0, TestLedger.Keys.Length).SelectMany(sender => new[]
            {
                ledger.Transfer(sender, TestLedger.Keys[(sender + height) % 4].Address, (ulong)height, draft =>
                    draft.Nonce = (ulong)(height - 1) * 2),
                ledger.Transfer(sender, Counter, 0, draft =>
                {
                    draft.Nonce = ((ulong)(height - 1) * 2) + 1;
                    draft.GasLimit = 900_000;
                    draft.Data = [.. new byte[31], (byte)(height % 7)];
                }),
            }),
        ];
        BlockHeader header = new()
        {
            ChainId = ledger.Genesis.ChainId,
            Height = new Height((ulong)height),
            Time = ledger.Genesis.Time.AddMs(1_000 * (ulong)height),
            ParentHash = Hash32.Zero,
            TransactionsRoot = Hash32.Zero,
            ParentStateRoot = Hash32.Zero,
            ParentReceiptsRoot = Hash32.Zero,
            ParentGasUsed = default,
            TermHash = Hash32.Zero,
            NextTermHash = Hash32.Zero,
            Proposer = TestLedger.Proposer,
            LastCertificateHash = Hash32.Zero,
            EvidenceRoot = Hash32.Zero,
        };
        return new Block(header, null, [], transactions);
    }

    private static Outcome[] Execute(TestLedger ledger, Block[] blocks, bool keepsProcessor, ulong hashSeed)
    {
        WorldState state = WorldState.FromGenesis(ledger.Genesis, hashSeed);
        BlockProcessor kept = new(hashSeed);
        List<Outcome> outcomes = [];
        foreach (Block block in blocks)
        {
            BlockProcessor processor = keepsProcessor ? kept : new BlockProcessor(hashSeed);
            BlockResult result = processor.Execute(block, state, ledger, ledger.Terms);
            state.Apply(result.Changes);
            outcomes.Add(new Outcome(state.Root, result.ReceiptsRoot, result.GasUsed.Value));
        }

        return [.. outcomes];
    }

    private readonly record struct Outcome(Hash32 Root, Hash32 Receipts, ulong Gas);
}
