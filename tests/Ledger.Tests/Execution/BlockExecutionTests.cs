using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;
using EnergyChain.Vm;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Ledger.Tests.Execution;

[TestFixture]
internal sealed class BlockExecutionTests
{
    private static readonly Address Counter = Address.FromNumber(0x5000);

    // Adds one to slot 0, emits LOG0 and returns the sum.
    private static readonly GenesisAccount CounterAccount =
        new(Counter, 0, Convert.FromHexString("5f546001015f555f5fa05f545f5260205ff3"), []);

    [Test]
    public void Transactions_one_by_one_and_watched_give_the_receipts_of_the_block()
    {
        TestLedger ledger = new(1_000_000_000, CounterAccount);
        TestLedger again = new(1_000_000_000, CounterAccount);
        Transaction[] transactions =
            [.. Enumerable.Range(0, 3).Select(i => ledger.Transfer(i, Counter, 0, draft => draft.GasLimit = 90_000))];
        IReadOnlyList<Receipt> expected = ledger.Execute(transactions).Receipts;
        Block block = BlockOf(again, transactions);

        BlockExecution execution = new BlockProcessor().Begin(block, again.State, again, again.Terms);
        List<Hash32> hashes = [];
        LogTracer tracer = new();
        while (!execution.IsDone)
        {
            hashes.Add(execution.ExecuteNext(execution.Next == 1 ? tracer : null).Hash);
        }

        Assert.That(hashes, Is.EqualTo(expected.Select(receipt => receipt.Hash)));
        Assert.That(tracer.Calls, Is.EqualTo(1), "only the watched transaction is traced");
        Assert.That(tracer.Logs.Select(Bcs.Encode), Is.EqualTo(expected[1].Logs.Select(Bcs.Encode)));
        Assert.That(again.State.Root, Is.EqualTo(WorldState.FromGenesis(again.Genesis).Root), "nothing was changed");
    }

    private static Block BlockOf(TestLedger ledger, Transaction[] transactions) => new(
        new BlockHeader
        {
            ChainId = ledger.Genesis.ChainId,
            Height = new Height(1),
            Time = ledger.Genesis.Time.AddMs(1_000),
            ParentHash = Hash32.Zero,
            TransactionsRoot = Hash32.Zero,
            ParentStateRoot = ledger.State.Root,
            ParentReceiptsRoot = Hash32.Zero,
            ParentGasUsed = default,
            TermHash = Hash32.Zero,
            NextTermHash = Hash32.Zero,
            Proposer = TestLedger.Proposer,
            LastCertificateHash = Hash32.Zero,
            EvidenceRoot = Hash32.Zero,
        },
        null,
        [],
        transactions);

    private sealed class LogTracer : ITracer
    {
        public int Calls { get; private set; }

        public List<LogEntry> Logs { get; } = [];

        public void BeginCall(in TraceCall call) => Calls++;

        public void BeginStep(in TraceStep step)
        {
        }

        public void EndStep(ulong gasCost, ExecutionStatus status)
        {
        }

        public void Log(LogEntry entry) => Logs.Add(entry);

        public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output)
        {
        }
    }
}
