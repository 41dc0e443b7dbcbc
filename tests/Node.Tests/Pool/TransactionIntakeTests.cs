using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Pool;

public sealed class TransactionIntakeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeChain _chain = new();
    private CountingPool _pool = null!;

    [SetUp]
    public void MakePool()
    {
        _chain.Fund(TestKeys.Alice.Address, 1_000_000);
        _pool = new CountingPool(new TransactionPool(_chain));
    }

    [Test]
    public async Task Source_is_told_of_each_transaction_what_the_pool_said()
    {
        using TransactionIntake intake = new(_pool, _chain, new IntakeLimits(2, 4));
        Answers answers = new(expected: 30);
        Transaction[] sent =
            [.. Enumerable.Range(0, 30).Select(nonce => TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce))];
        foreach (Transaction transaction in sent)
        {
            await intake.AddOfPeerAsync(transaction, answers, CancellationToken.None);
        }

        await answers.All.WaitAsync(Patience);
        Assert.That(answers.Refusals, Is.All.EqualTo(TransactionRefusal.None));
        Assert.That(sent.Select(each => _pool.TryGet(each.Id, out _)), Is.All.True);
    }

    [Test]
    public async Task What_waits_behind_a_gap_does_not_close_the_gate()
    {
        using TransactionIntake intake = new(_pool, _chain, new IntakeLimits(2, 4));
        Answers answers = new(expected: AdmissionGate.Least);
        for (int nonce = 1; nonce <= AdmissionGate.Least; nonce++)
        {
            await intake.AddOfPeerAsync(
                TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce), answers, CancellationToken.None);
        }

        await answers.All.WaitAsync(Patience);
        Assert.That(answers.Refusals, Is.All.EqualTo(TransactionRefusal.None));
        Assert.That(intake.IsOpenToStrangers, Is.True);

        Answers last = new(expected: 1);
        await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 0), last, CancellationToken.None);
        await last.All.WaitAsync(Patience);
        Assert.That(intake.IsOpenToStrangers, Is.False);
    }

    [Test]
    public async Task Fault_in_the_pool_is_told_and_the_next_is_served()
    {
        using TransactionIntake intake = new(_pool, _chain, new IntakeLimits(1, 4));
        Answers answers = new(expected: 2);
        _pool.Adding = _ =>
        {
            _pool.Adding = null;
            throw new InvalidOperationException("no");
        };
        await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 0), answers, CancellationToken.None);
        await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 1), answers, CancellationToken.None);

        await answers.All.WaitAsync(Patience);
        Assert.That(answers.Failures.Single(), Is.InstanceOf<InvalidOperationException>());
        Assert.That(answers.Refusals, Is.EqualTo([TransactionRefusal.None]));
    }

    [Test]
    public async Task Broken_invariant_is_told_to_whoever_runs_the_node()
    {
        using TransactionIntake intake = new(_pool, _chain, new IntakeLimits(1, 4));
        _pool.Adding = static _ => Invariant.Check(false);
        Answers answers = new(expected: 1);

        await Assert.ThrowsAsync<InvariantException>(async () =>
        {
            await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 0), answers, CancellationToken.None);
            await intake.Failure.WaitAsync(Patience);
        });
    }

    [Test]
    public async Task Who_waits_for_room_may_give_up_and_what_waits_at_the_end_is_told_so()
    {
        using ManualResetEventSlim hold = new();
        using ManualResetEventSlim held = new();
        TransactionIntake intake = new(_pool, _chain, new IntakeLimits(1, 1));
        _pool.Adding = _ =>
        {
            held.Set();
            hold.Wait(Patience);
        };
        Answers answers = new(expected: 2);
        await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 0), answers, CancellationToken.None);
        Assert.That(held.Wait(Patience), Is.True);
        await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 1), answers, CancellationToken.None);
        using CancellationTokenSource giveUp = new();
        Transaction last = TestTransactions.Transfer(TestKeys.Alice, 2);
        Task third = intake.AddOfPeerAsync(last, answers, giveUp.Token).AsTask();
        Assert.That(third.IsCompleted, Is.False);
        Assert.That(intake.Waiting, Is.EqualTo(3));

        await giveUp.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => third.WaitAsync(Patience));
        Assert.That(intake.Waiting, Is.EqualTo(2));

        Task disposal = Task.Run(intake.Dispose);
        while (!intake.IsClosed)
        {
            await Task.Yield();
        }

        hold.Set();
        await answers.All.WaitAsync(Patience);
        await disposal.WaitAsync(Patience);
        Assert.That(answers.Refusals, Is.EquivalentTo([TransactionRefusal.None, TransactionRefusal.NotReady]));
        Answers late = new(expected: 1);
        await intake.AddOfPeerAsync(TestTransactions.Transfer(TestKeys.Alice, 3), late, CancellationToken.None);
        Assert.That(late.Refusals, Is.EqualTo([TransactionRefusal.NotReady]));
    }

    [Test]
    public async Task Workers_outlive_any_order_of_peers_and_clients()
    {
        const int Each = 4_000;
        _pool.Adding = null;
        using TransactionIntake intake = new(new RefusingPool(), _chain, new IntakeLimits(4, 64));
        Answers answers = new(expected: 2 * Each);
        Transaction sent = TestTransactions.Transfer(TestKeys.Alice, 0);
        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (int i = 0; i < Each; i++)
                {
                    await intake.AddOfClientAsync(sent, answers, CancellationToken.None);
                }
            }),
            Task.Run(async () =>
            {
                for (int i = 0; i < Each; i++)
                {
                    await intake.AddOfPeerAsync(sent, answers, CancellationToken.None);
                }
            })).WaitAsync(Patience);

        await answers.All.WaitAsync(Patience);
        Assert.That(intake.WorkersAtWork, Is.EqualTo(4));
    }

    [Test]
    public async Task Peers_go_first_and_clients_have_one_turn_in_four()
    {
        using ManualResetEventSlim hold = new();
        using ManualResetEventSlim held = new();
        using TransactionIntake intake = new(_pool, _chain, new IntakeLimits(1, 100));
        _pool.Adding = _ =>
        {
            held.Set();
            hold.Wait(Patience);
        };
        Order order = new(expected: 41);
        Transaction[] sent =
            [.. Enumerable.Range(0, 41).Select(nonce => TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce))];
        await intake.AddOfPeerAsync(sent[0], order, CancellationToken.None);
        Assert.That(held.Wait(Patience), Is.True);
        foreach (Transaction ofClient in sent[1..5])
        {
            await intake.AddOfClientAsync(ofClient, order, CancellationToken.None);
        }

        foreach (Transaction ofPeer in sent[5..])
        {
            await intake.AddOfPeerAsync(ofPeer, order, CancellationToken.None);
        }

        hold.Set();
        await order.All.WaitAsync(Patience);
        int[] places = [.. sent[1..5].Select(each => order.Ids.IndexOf(each.Id))];
        Assert.That(places, Is.EqualTo([3, 7, 11, 15]));
    }

    [Test]
    public async Task Further_call_is_not_read_while_clients_fill_their_queue()
    {
        using ManualResetEventSlim hold = new();
        using ManualResetEventSlim held = new();
        using TransactionIntake intake = new(_pool, _chain, new IntakeLimits(1, 100, ClientQueue: 2));
        _pool.Adding = _ =>
        {
            held.Set();
            hold.Wait(Patience);
        };
        Answers answers = new(expected: 3);
        await intake.AddOfClientAsync(TestTransactions.Transfer(TestKeys.Alice, 0), answers, CancellationToken.None);
        Assert.That(held.Wait(Patience), Is.True);
        await intake.AddOfClientAsync(TestTransactions.Transfer(TestKeys.Alice, 1), answers, CancellationToken.None);
        Assert.That(intake.IsOpenToCalls, Is.True);

        await intake.AddOfClientAsync(TestTransactions.Transfer(TestKeys.Alice, 2), answers, CancellationToken.None);
        Assert.That((intake.IsOpenToClients, intake.IsOpenToCalls), Is.EqualTo((true, false)));

        hold.Set();
        await answers.All.WaitAsync(Patience);
        Assert.That(intake.IsOpenToCalls, Is.True);
        Assert.That(answers.Refusals, Is.All.EqualTo(TransactionRefusal.None));
    }

    private sealed class RefusingPool : ITransactionPool
    {
        public event Action<Transaction>? Admitted
        {
            add { }
            remove { }
        }

        public int Count => 0;

        public int Ready => 0;

        public long Bytes => 0;

        public TransactionRefusal Add(Transaction transaction) => TransactionRefusal.PoolFull;

        public bool TryGet(Hash32 transactionId, [NotNullWhen(true)] out Transaction? transaction)
        {
            transaction = null;
            return false;
        }

        public bool IsVerified(Transaction transaction) => false;

        public IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount, Gas? enough = null) => [];

        public ulong NextNonce(Address account) => 0;
    }

    private sealed class Order(int expected) : IIntakeSource
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task All => _all.Task;

        public List<Hash32> Ids { get; } = [];

        public void OnDecided(Transaction transaction, TransactionRefusal refusal)
        {
            Ids.Add(transaction.Id);
            if (Ids.Count == expected)
            {
                _all.TrySetResult();
            }
        }

        public void OnFailed(Transaction transaction, Exception failure) => _all.TrySetException(failure);
    }

    private sealed class Answers(int expected) : IIntakeSource
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _open = expected;

        public Task All => _all.Task;

        public ConcurrentQueue<TransactionRefusal> Refusals { get; } = [];

        public ConcurrentQueue<Exception> Failures { get; } = [];

        public void OnDecided(Transaction transaction, TransactionRefusal refusal)
        {
            Refusals.Enqueue(refusal);
            Count();
        }

        public void OnFailed(Transaction transaction, Exception failure)
        {
            Failures.Enqueue(failure);
            Count();
        }

        private void Count()
        {
            if (Interlocked.Decrement(ref _open) == 0)
            {
                _all.TrySetResult();
            }
        }
    }
}
