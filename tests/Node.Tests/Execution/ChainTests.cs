using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Execution;

[TestFixture]
internal sealed class ChainTests
{
    [Test]
    public void Commit_executes_and_shows_block_receipts_transaction_and_state()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();

        CommittedBlock block = fixture.Grow(3)[2];

        Assert.That(chain.Head.Height, Is.EqualTo(new Height(3)));
        Assert.That(chain.TryGetBlock(new Height(3), out CommittedBlock? stored));
        Assert.That(stored!.Block.Hash, Is.EqualTo(block.Block.Hash));
        Assert.That(chain.TryGetHeight(block.Block.Hash, out Height height));
        Assert.That(height, Is.EqualTo(new Height(3)));
        Assert.That(chain.TryFindTransaction(block.Block.Transactions[1].Id, out TransactionLocation location));
        Assert.That(location, Is.EqualTo(new TransactionLocation(new Height(3), 1)));
        Assert.That(chain.TryGetReceipts(new Height(3), out IReadOnlyList<Receipt>? receipts));
        Assert.That(receipts!.Select(receipt => receipt.Succeeded), Is.All.True);
        Assert.That(CounterOf(chain), Is.EqualTo(new UInt256(3)));
    }

    [Test]
    public void Absent_things_are_not_found()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        fixture.Grow(1);

        Assert.That(chain.TryGetBlock(new Height(2), out _), Is.False);
        Assert.That(chain.TryGetBlock(Height.Genesis, out _), Is.False);
        Assert.That(chain.TryGetReceipts(new Height(2), out _), Is.False);
        Assert.That(chain.TryGetReceipts(Height.Genesis, out _), Is.False);
        Assert.That(chain.TryFindTransaction(chain.Head.Hash, out _), Is.False);
        Assert.That(chain.TryGetHeight(Hash32.Zero, out _), Is.False);
    }

    [Test]
    public void Block_that_does_not_follow_is_refused_and_changes_nothing()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        CommittedBlock first = fixture.Grow(2)[0];
        ChainHead head = chain.Head;
        CommittedBlock sound = ChainFixture.Next(head);

        Assert.That(chain.Commit(first), Is.EqualTo(CommitOutcome.AlreadyKnown));
        Assert.That(
            chain.Commit(ChainFixture.Next(head with { Height = new Height(7) })), Is.EqualTo(CommitOutcome.NotNext));
        Assert.That(
            chain.Commit(ChainFixture.Next(head with { Hash = Hash32.Zero })), Is.EqualTo(CommitOutcome.NotNext));
        Assert.That(
            chain.Commit(ChainFixture.Next(head with { StateRoot = head.Hash })), Is.EqualTo(CommitOutcome.Diverges));
        Assert.That(
            chain.Commit(ChainFixture.Next(head with { GasUsed = default })), Is.EqualTo(CommitOutcome.Diverges));
        Assert.That(
            chain.Commit(sound with { Certificate = first.Certificate }), Is.EqualTo(CommitOutcome.Malformed));
        Assert.That(
            chain.Commit(sound with { Block = sound.Block with { Transactions = first.Block.Transactions } }),
            Is.EqualTo(CommitOutcome.Malformed));
        Assert.That(chain.Head, Is.SameAs(head));
    }

    [Test]
    [Property("Incident", "Sui 2026-01")]
    public void Other_certified_block_of_a_final_height_diverges()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        CommittedBlock other = ChainFixture.Next(chain.Head);
        fixture.Grow(1);

        Assert.That(chain.Commit(other), Is.EqualTo(CommitOutcome.Diverges));
    }

    [Test]
    public void Observers_hear_of_blocks_in_order_until_disposed_even_if_one_throws()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        Listener listener = new();
        using IDisposable broken = chain.Observe(new BrokenListener());
        IDisposable observation = chain.Observe(listener);

        fixture.Grow(3);
        observation.Dispose();
        fixture.Grow(1);

        Assert.That(listener.Heights, Is.EqualTo(new ulong[] { 1, 2, 3 }));
    }

    [Test]
    public void Call_sees_the_state_and_leaves_it()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        fixture.Grow(2);

        CallOutcome outcome = chain.Call(Request(100_000));

        Assert.That(outcome.Succeeded);
        Assert.That(UInt256.FromBigEndian(outcome.Output.Span), Is.EqualTo(new UInt256(3)));
        Assert.That(CounterOf(chain), Is.EqualTo(new UInt256(2)));
    }

    [TestCase(20_000UL)]
    [TestCase(22_000UL)]
    public void Call_without_enough_gas_fails(ulong gas)
    {
        using ChainFixture fixture = new();

        CallOutcome outcome = fixture.Open().Call(Request(gas));

        Assert.That(outcome.Succeeded, Is.False);
        Assert.That(outcome.Failure, Is.EqualTo("OutOfGas"));
        Assert.That(outcome.GasUsed.Value, Is.EqualTo(gas));
    }

    [Test]
    public void Readers_beside_commits_see_whole_blocks_only()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        using CancellationTokenSource stop = new();
        Task<bool>[] readers =
        [
            .. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                bool whole = true;
                while (!stop.IsCancellationRequested)
                {
                    whole &= chain.Read((state, head) =>
                        state.GetStorage(ChainFixture.Counter, 0) == new UInt256(head.Height.Value));
                    whole &= chain.Call(Request(100_000)).Succeeded;
                }

                return whole;
            })),
        ];

        fixture.Grow(40);
        stop.Cancel();

        Assert.That(Task.WhenAll(readers).GetAwaiter().GetResult(), Is.All.True);
    }

    [Test]
    public void Transaction_is_checked_against_the_next_height()
    {
        using ChainFixture fixture = new();
        Chain chain = fixture.Open();
        Transaction transaction = ChainFixture.Call(0);

        Assert.That(chain.CheckTransaction(transaction), Is.EqualTo(TransactionRefusal.None));
        Assert.That(chain.CheckNextBlock([transaction]), Is.EqualTo(TransactionRefusal.None));
        Assert.That(chain.CheckNextBlock([transaction, transaction]), Is.EqualTo(TransactionRefusal.NonceTooLow));
        fixture.Grow(1);
        Assert.That(chain.CheckTransaction(transaction), Is.EqualTo(TransactionRefusal.NonceTooLow));
    }

    internal static UInt256 CounterOf(Chain chain) =>
        chain.Read((state, _) => state.GetStorage(ChainFixture.Counter, 0));

    private static CallRequest Request(ulong gas) =>
        new(TestKeys.Bob.Address, ChainFixture.Counter, 0, default, new Gas(gas));

    private sealed class Listener : IChainObserver
    {
        public List<ulong> Heights { get; } = [];

        public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) =>
            Heights.Add(head.Height.Value);
    }

    private sealed class BrokenListener : IChainObserver
    {
        public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) =>
            throw new InvalidOperationException("as a test");
    }
}
