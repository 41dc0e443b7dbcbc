using CsCheck;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Pool;

/// <summary>The pool against a list that is searched from end to end for every question.</summary>
public sealed class TransactionPoolModelTests
{
    private static readonly PoolLimits Small = new(MaxTransactions: 12, MaxPerSender: 5, MaxGapBlocks: 4);
    private static readonly SigningKey[] Keys = [.. Enumerable.Range(300, 4).Select(TestKeys.Of)];

    private static readonly Gen<(int Kind, int Sender, int Nonce, int Value, int ValidFor)[]> Steps = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 7], Gen.Int[1, 60], Gen.Int[0, 12]).Array[1, 60];

    [Test]
    public void Pool_agrees_with_a_naive_list() => Steps.Sample(steps =>
    {
        FakeChain chain = new();
        foreach (SigningKey key in Keys)
        {
            chain.Fund(key.Address, 200);
        }

        TransactionPool pool = new(chain, Small);
        chain.Observe(pool);
        NaivePool model = new(chain, Small);
        foreach ((int kind, int sender, int nonce, int value, int validFor) in steps)
        {
            if (kind == 0)
            {
                IReadOnlyList<Transaction> chosen = pool.Collect(new Gas(45), Limits.MaxBlockBytes, 4);
                CommittedBlock block = chain.MakeNext([.. chosen]);
                chain.Commit(block);
                model.OnCommitted(block.Block.Transactions);
            }
            else
            {
                ulong validUntil = chain.Head.Height.Value + (ulong)validFor;
                Transaction transaction = TestTransactions.Transfer(
                    Keys[sender], (ulong)nonce, (ulong)value, gas: 10, validUntil);
                Assert.That(pool.Add(transaction), Is.EqualTo(model.Add(transaction)));
            }

            AssertSame(pool, model);
        }
    }, iter: 150);

    private static void AssertSame(TransactionPool pool, NaivePool model)
    {
        Assert.That(pool.Count, Is.EqualTo(model.Waiting.Count));
        Assert.That(pool.Bytes, Is.EqualTo(model.Waiting.Sum(each => (long)each.EncodedLength)));
        Assert.That(model.Waiting.Select(each => pool.TryGet(each.Id, out _)), Is.All.True);
        foreach (SigningKey key in Keys)
        {
            Assert.That(pool.NextNonce(key.Address), Is.EqualTo(model.NextNonce(key.Address)));
        }

        IReadOnlyList<Transaction> chosen = pool.Collect(new Gas(1_000), Limits.MaxBlockBytes, 100);
        Assert.That(chosen.Select(each => each.Id), Is.EquivalentTo(model.Ready().Select(each => each.Id)));
    }

    private sealed class NaivePool(FakeChain chain, PoolLimits limits)
    {
        private readonly Dictionary<Hash32, ulong> _gapSince = [];

        public List<Transaction> Waiting { get; } = [];

        public TransactionRefusal Add(Transaction transaction)
        {
            List<Transaction> own = [.. Waiting.Where(each => each.Sender == transaction.Sender)];
            if (Waiting.Exists(each => each.Id == transaction.Id))
            {
                return TransactionRefusal.AlreadyKnown;
            }

            TransactionRefusal refusal = chain.CheckTransaction(transaction);
            if (refusal != TransactionRefusal.None)
            {
                return chain.TryFindTransaction(transaction.Id, out _) ? TransactionRefusal.AlreadyKnown : refusal;
            }

            if (own.Exists(each => each.Body.Nonce == transaction.Body.Nonce))
            {
                return TransactionRefusal.NonceTaken;
            }

            if (own.Count >= limits.MaxPerSender)
            {
                return TransactionRefusal.SenderPoolFull;
            }

            Transaction? victim = Waiting.LastOrDefault(IsGapped) ?? LastOfTheLongest(own.Count);
            bool full = Waiting.Count >= limits.MaxTransactions;
            if (full && (victim is null || transaction.Body.Nonce != NextNonce(transaction.Sender)))
            {
                return TransactionRefusal.PoolFull;
            }

            if (own.Append(transaction).Sum(Cost) > Balance(transaction.Sender))
            {
                return TransactionRefusal.InsufficientBalance;
            }

            if (full)
            {
                Waiting.Remove(victim!);
            }

            Waiting.Add(transaction);
            NoteGaps();
            return TransactionRefusal.None;
        }

        public void OnCommitted(IReadOnlyList<Transaction> included)
        {
            ulong head = chain.Head.Height.Value;
            Waiting.RemoveAll(each => included.Any(other =>
                other.Sender == each.Sender && other.Body.Nonce >= each.Body.Nonce));
            List<Transaction> longGapped = [.. Waiting.Where(each =>
                IsGapped(each) && _gapSince[each.Id] + limits.MaxGapBlocks <= head)];
            Waiting.RemoveAll(each => each.Body.ValidUntil.Value <= head || longGapped.Contains(each));
            NoteGaps();
        }

        public ulong NextNonce(Address account)
        {
            ulong next = Nonce(account);
            while (Waiting.Exists(each => each.Sender == account && each.Body.Nonce == next))
            {
                next++;
            }

            return next;
        }

        public IEnumerable<Transaction> Ready() => Waiting.Where(each => !IsGapped(each));

        // The last of whoever has most, if that is two more than the newcomer has.
        private Transaction? LastOfTheLongest(int own) => Waiting
            .GroupBy(each => each.Sender)
            .Select(each => (Count: each.Count(), Last: each.MaxBy(entry => entry.Body.Nonce)!))
            .Where(each => each.Count > own + 1)
            .OrderBy(each => each.Count)
            .ThenBy(each => Waiting.IndexOf(each.Last))
            .LastOrDefault().Last;

        private static long Cost(Transaction transaction) =>
            (long)(ulong)transaction.Body.Value + (long)transaction.Body.GasLimit.Value;

        private bool IsGapped(Transaction transaction) => transaction.Body.Nonce > NextNonce(transaction.Sender);

        private void NoteGaps()
        {
            // A transaction that was dropped and comes again waits anew.
            foreach (Hash32 gone in _gapSince.Keys.Where(id => !Waiting.Exists(each => each.Id == id)).ToArray())
            {
                _gapSince.Remove(gone);
            }

            foreach (Transaction each in Waiting.Where(each => !IsGapped(each)))
            {
                _gapSince.Remove(each.Id);
            }

            foreach (Transaction each in Waiting.Where(IsGapped))
            {
                _gapSince.TryAdd(each.Id, chain.Head.Height.Value);
            }
        }

        private ulong Nonce(Address account) => chain.Read((state, _) =>
            state.TryGetAccount(account, out AccountState found) ? found.Nonce : 0);

        private long Balance(Address account) => chain.Read((state, _) =>
            state.TryGetAccount(account, out AccountState found) ? (long)(ulong)found.Balance : 0);
    }
}
