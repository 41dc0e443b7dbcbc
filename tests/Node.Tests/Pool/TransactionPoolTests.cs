using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;
using static EnergyChain.Node.Tests.Fakes.TestKeys;
using static EnergyChain.Node.Tests.Fakes.TestTransactions;

namespace EnergyChain.Node.Tests.Pool;

public sealed class TransactionPoolTests
{
    private static readonly Gas PlentyOfGas = new(1_000_000);

    [Test]
    public void Sender_that_floods_the_pool_waits_behind_itself()
    {
        (FakeChain chain, TransactionPool pool) = Make();
        for (ulong nonce = 0; nonce < 500; nonce++)
        {
            pool.Add(Transfer(Alice, nonce));
        }

        Transaction late = Transfer(Bob, 0);
        pool.Add(late);

        IReadOnlyList<Transaction> chosen = pool.Collect(new Gas(10 * 20), int.MaxValue, 20);
        Assert.That(chosen.Select(each => each.Id), Has.Some.EqualTo(late.Id));
        Assert.That(
            chosen.Where(each => each.Sender == Alice.Address).Select(each => each.Body.Nonce),
            Is.EqualTo(Enumerable.Range(0, 19).Select(nonce => (ulong)nonce)));
        Assert.That(chain.Head.Height, Is.EqualTo(Height.Genesis));
    }

    [Test]
    public void Collect_nonces_that_arrived_out_of_order_come_in_order()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Transaction second = Transfer(Alice, 1);
        Transaction other = Transfer(Bob, 0);
        Transaction first = Transfer(Alice, 0);
        Assert.That(new[] { second, other, first }.Select(pool.Add), Is.All.EqualTo(TransactionRefusal.None));

        Assert.That(Collected(pool), Is.EqualTo(new[] { other.Id, first.Id, second.Id }));
    }

    [Test]
    public void Collect_stops_a_sender_at_a_gap()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Transaction first = Transfer(Alice, 0);
        pool.Add(first);
        pool.Add(Transfer(Alice, 2));

        Assert.That(Collected(pool), Is.EqualTo(new[] { first.Id }));
    }

    [TestCase(25UL, 1_000_000, 100, 2)]
    [TestCase(1_000UL, 1_000_000, 3, 3)]
    [TestCase(1_000UL, 400, 100, 1)]
    public void Collect_keeps_within_gas_bytes_and_count(ulong gas, int maxBytes, int maxCount, int expected)
    {
        (FakeChain _, TransactionPool pool) = Make();
        for (ulong nonce = 0; nonce < 5; nonce++)
        {
            pool.Add(Transfer(Alice, nonce));
        }

        Assert.That(pool.Collect(new Gas(gas), maxBytes, maxCount), Has.Count.EqualTo(expected));
    }

    [Test]
    public void Collect_leaves_out_what_the_balance_no_longer_covers()
    {
        (FakeChain chain, TransactionPool pool) = Make(balance: 0);
        chain.Fund(Alice.Address, 100);
        chain.Fund(Bob.Address, 100);
        Transaction small = Transfer(Alice, 0, value: 30);
        Transaction covered = Transfer(Alice, 1, value: 50);
        pool.Add(small);
        pool.Add(covered);
        TransactionBody delegated = new()
        {
            ChainId = chain.Genesis.ChainId,
            Nonce = 0,
            GasLimit = new Gas(60),
            GasPrice = 1,
            To = Somebody,
            ValidUntil = new Height(50),
            FeePayer = Alice.Address,
        };
        chain.Commit(chain.MakeNext(delegated.Sign(Bob, Alice)));

        Assert.That(Collected(pool), Is.EqualTo(new[] { small.Id }));
    }

    [Test]
    public void OnCommitted_drops_the_latest_that_an_emptied_account_cannot_pay()
    {
        (FakeChain chain, TransactionPool pool) = Make(balance: 1_000);
        Transaction kept = Transfer(Alice, 1, value: 100);
        Transaction first = Transfer(Alice, 2, value: 300);
        Transaction last = Transfer(Alice, 3, value: 300);
        Transaction other = Transfer(Bob, 0, value: 900);
        foreach (Transaction each in new[] { kept, first, other, last })
        {
            pool.Add(each);
        }

        chain.Commit(chain.MakeNext(Transfer(Alice, 0, value: 800)));

        Assert.That(Collected(pool), Is.EqualTo(new[] { kept.Id, other.Id }));
        Assert.That(pool.Count, Is.EqualTo(2));
    }

    [Test]
    public void Collect_spends_no_gas_on_what_cannot_be_paid()
    {
        (FakeChain chain, TransactionPool pool) = Make(balance: 1_000);
        Transaction payable = Transfer(Bob, 0, gas: 100);
        Transaction[] dead = [.. Enumerable.Range(0, 3).Select(nonce => Transfer(Alice, (ulong)nonce, gas: 300))];
        Assert.That(dead.Append(payable).Select(pool.Add), Is.All.EqualTo(TransactionRefusal.None));

        chain.Drain(Alice.Address, 1_000);

        Assert.That(pool.Collect(new Gas(900), Limits.MaxBlockBytes, 1_000), Is.EqualTo(new[] { payable }));
    }

    [Test]
    public void Add_same_transaction_again_is_known_in_the_pool_and_in_the_chain()
    {
        (FakeChain chain, TransactionPool pool) = Make();
        Transaction transaction = Transfer(Alice, 0);
        pool.Add(transaction);

        Assert.That(pool.Add(transaction), Is.EqualTo(TransactionRefusal.AlreadyKnown));
        chain.Commit(chain.MakeNext(transaction));
        Assert.That(pool.Add(transaction), Is.EqualTo(TransactionRefusal.AlreadyKnown));
        Assert.That(pool.Add(Transfer(Alice, 0, value: 9)), Is.EqualTo(TransactionRefusal.NonceTooLow));
    }

    [Test]
    public void Add_what_is_in_the_chain_and_would_be_too_late_now_is_known()
    {
        (FakeChain chain, TransactionPool pool) = Make();
        Transaction transaction = Transfer(Alice, 0, validUntil: 1);
        chain.Commit(chain.MakeNext(transaction));

        Assert.That(pool.Add(transaction), Is.EqualTo(TransactionRefusal.AlreadyKnown));
        Assert.That(
            pool.Add(Transfer(Alice, 0, value: 9, validUntil: 1)), Is.EqualTo(TransactionRefusal.Expired));
    }

    [Test]
    public void Add_another_with_the_same_nonce_is_refused()
    {
        (FakeChain _, TransactionPool pool) = Make();
        pool.Add(Transfer(Alice, 0));

        Assert.That(pool.Add(Transfer(Alice, 0, value: 2)), Is.EqualTo(TransactionRefusal.NonceTaken));
    }

    [Test]
    public void Add_bad_signature_leaves_no_trace()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Transaction good = Transfer(Alice, 0);
        Transaction bad = WithBadSignature(good);

        Assert.That(pool.Add(bad), Is.EqualTo(TransactionRefusal.BadSignature));
        Assert.That((pool.Count, pool.Bytes), Is.EqualTo((0, 0L)));
        Assert.That(pool.Add(good), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.IsVerified(good), Is.True);
        Assert.That(pool.IsVerified(bad), Is.False);
    }

    [Test]
    public void Add_reports_what_the_chain_refuses()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Assert.That(pool.Add(Body(0, chainId: 8).Sign(Alice)), Is.EqualTo(TransactionRefusal.WrongChainId));
        Assert.That(pool.Add(Transfer(Alice, 1_001)), Is.EqualTo(TransactionRefusal.NonceTooHigh));
        Assert.That(pool.Add(Transfer(Alice, 0, validUntil: 0)), Is.EqualTo(TransactionRefusal.Expired));
    }

    [Test]
    public void Add_memo_that_was_not_signed_is_refused()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Transaction signed = Transfer(Alice, 0);
        Transaction forged = new(signed.Body, signed.PublicKey, signed.Signature, null, new byte[] { 1, 2, 3 });

        Assert.That(pool.Add(forged), Is.EqualTo(TransactionRefusal.MemoMismatch));
    }

    [Test]
    public void Add_counts_what_the_sender_has_pledged_already()
    {
        (FakeChain chain, TransactionPool pool) = Make(balance: 0);
        chain.Fund(Alice.Address, 100);

        Assert.That(pool.Add(Transfer(Alice, 0, value: 50)), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.Add(Transfer(Alice, 1, value: 31)), Is.EqualTo(TransactionRefusal.InsufficientBalance));
        Assert.That(pool.Add(Transfer(Alice, 1, value: 30)), Is.EqualTo(TransactionRefusal.None));
    }

    [Test]
    public void Add_pledges_whose_sum_no_balance_can_hold_are_refused()
    {
        (FakeChain chain, TransactionPool pool) = Make(balance: 0);
        chain.Fund(Alice.Address, UInt256.MaxValue);
        Transaction all = Sign(0, UInt256.MaxValue - 10);

        Assert.That(pool.Add(all), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.Add(Sign(1, UInt256.MaxValue - 10)), Is.EqualTo(TransactionRefusal.InsufficientBalance));
        Assert.That(pool.Add(Sign(1, 0)), Is.EqualTo(TransactionRefusal.InsufficientBalance));
        Assert.That(Collected(pool), Is.EqualTo(new[] { all.Id }));

        Transaction Sign(ulong nonce, UInt256 value) => new TransactionBody
        {
            ChainId = chain.Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(10),
            GasPrice = 1,
            To = Somebody,
            Value = value,
            ValidUntil = new Height(50),
        }.Sign(Alice);
    }

    [Test]
    public void Add_counts_what_an_account_pledged_as_sender_and_as_payer_until_it_is_included()
    {
        (FakeChain chain, TransactionPool pool) = Make(balance: 100);
        Transaction delegated = Sign(0);
        Transaction own = Transfer(Alice, 0, value: 50);

        Assert.That(pool.Add(delegated), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.Add(Transfer(Alice, 0, value: 51)), Is.EqualTo(TransactionRefusal.InsufficientBalance));
        Assert.That(pool.Add(own), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.Add(Sign(1)), Is.EqualTo(TransactionRefusal.InsufficientBalance));
        Assert.That(Collected(pool), Is.EqualTo(new[] { delegated.Id, own.Id }));

        chain.Commit(chain.MakeNext(delegated, own));
        Assert.That(pool.Count, Is.Zero);
        chain.Fund(Alice.Address, 40);
        Assert.That(pool.Add(Sign(1)), Is.EqualTo(TransactionRefusal.None));

        Transaction Sign(ulong nonce) => new TransactionBody
        {
            ChainId = chain.Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(40),
            GasPrice = 1,
            To = Somebody,
            ValidUntil = new Height(50),
            FeePayer = Alice.Address,
        }.Sign(Bob, Alice);
    }

    [Test]
    public void Add_over_the_limit_of_a_sender_is_refused()
    {
        (FakeChain _, TransactionPool pool) = Make(limits: new PoolLimits(MaxPerSender: 2));
        pool.Add(Transfer(Alice, 0));
        pool.Add(Transfer(Alice, 1));

        Assert.That(pool.Add(Transfer(Alice, 2)), Is.EqualTo(TransactionRefusal.SenderPoolFull));
        Assert.That(pool.Add(Transfer(Bob, 0)), Is.EqualTo(TransactionRefusal.None));
    }

    [Test]
    public void Add_to_a_full_pool_pushes_out_gapped_ones_only()
    {
        (FakeChain _, TransactionPool pool) = Make(limits: new PoolLimits(MaxTransactions: 2));
        Transaction gapped = Transfer(Alice, 5);
        pool.Add(gapped);
        pool.Add(Transfer(Alice, 0));

        Assert.That(pool.Add(Transfer(Bob, 1)), Is.EqualTo(TransactionRefusal.PoolFull));
        Assert.That(pool.Add(Transfer(Bob, 0)), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.TryGet(gapped.Id, out _), Is.False);
        Assert.That(pool.Add(Transfer(Bob, 1)), Is.EqualTo(TransactionRefusal.PoolFull));
    }

    [Test]
    public void Add_to_a_full_pool_takes_the_place_of_whoever_has_most_waiting()
    {
        (FakeChain _, TransactionPool pool) = Make(limits: new PoolLimits(MaxTransactions: 4));
        Transaction[] flood = [.. Enumerable.Range(0, 4).Select(nonce => Transfer(Alice, (ulong)nonce))];
        Assert.That(flood.Select(pool.Add), Is.All.EqualTo(TransactionRefusal.None));

        Assert.That(pool.Add(Transfer(Alice, 4)), Is.EqualTo(TransactionRefusal.PoolFull));
        Assert.That(pool.Add(Transfer(Bob, 0)), Is.EqualTo(TransactionRefusal.None));
        Assert.That(pool.Add(Transfer(Bob, 1)), Is.EqualTo(TransactionRefusal.None));
        Assert.That(flood.Select(each => pool.TryGet(each.Id, out _)), Is.EqualTo(new[] { true, true, false, false }));
        Assert.That(pool.Add(Transfer(Bob, 2)), Is.EqualTo(TransactionRefusal.PoolFull));
        Assert.That(pool.Add(flood[2]), Is.EqualTo(TransactionRefusal.PoolFull));
        Assert.That(pool.Count, Is.EqualTo(4));
    }

    [Test]
    public void Add_to_a_pool_that_is_full_again_knows_who_has_most_now()
    {
        (FakeChain chain, TransactionPool pool) = Make(limits: new PoolLimits(MaxTransactions: 6));
        for (ulong nonce = 0; nonce < 6; nonce++)
        {
            pool.Add(Transfer(Alice, nonce));
        }

        Assert.That(pool.Add(Transfer(Bob, 0)), Is.EqualTo(TransactionRefusal.None));
        chain.Commit(chain.MakeNext([.. pool.Collect(PlentyOfGas, Limits.MaxBlockBytes, 100)]));
        Assert.That(pool.Count, Is.Zero);
        Transaction[] flood = [.. Enumerable.Range(1, 6).Select(nonce => Transfer(Bob, (ulong)nonce))];
        Assert.That(flood.Select(pool.Add), Is.All.EqualTo(TransactionRefusal.None));

        Assert.That(pool.Add(Transfer(Alice, 5)), Is.EqualTo(TransactionRefusal.None));
        Assert.That(flood.Select(each => pool.TryGet(each.Id, out _)), Is.EqualTo(
            new[] { true, true, true, true, true, false }));
    }

    [Test]
    public void FindAll_fills_the_places_of_what_waits()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Transaction[] all = [.. Enumerable.Range(0, 600).Select(nonce => Transfer(Alice, (ulong)nonce))];
        Transaction held = Transfer(Bob, 0);
        foreach (Transaction each in all.Skip(1))
        {
            pool.Add(each);
        }

        Transaction?[] found = new Transaction?[all.Length + 1];
        found[^1] = held;
        pool.FindAll([.. all.Select(each => each.Id), all[1].Id], found);

        Assert.That(found[0], Is.Null);
        Assert.That(found[1..^1], Is.EqualTo(all[1..]));
        Assert.That(found[^1], Is.SameAs(held));
    }

    [Test]
    public void Add_to_a_pool_full_of_bytes_takes_as_many_places_as_it_needs_or_none()
    {
        Transaction[] flood = [.. Enumerable.Range(0, 6).Select(nonce => Transfer(Alice, (ulong)nonce))];
        (FakeChain chain, TransactionPool pool) = Make(
            limits: new PoolLimits(MaxBytes: flood.Sum(static each => (long)each.EncodedLength)));
        Assert.That(flood.Select(pool.Add), Is.All.EqualTo(TransactionRefusal.None));
        Transaction large = Large(flood[0].EncodedLength);
        Transaction tooLarge = Large(6 * flood[0].EncodedLength);

        Transaction Large(int bytes) => new TransactionBody
        {
            ChainId = chain.Genesis.ChainId,
            Nonce = 0,
            GasLimit = new Gas(10),
            GasPrice = 1,
            To = Somebody,
            Data = new byte[bytes],
            ValidUntil = new Height(1_000),
        }.Sign(Bob);

        Assert.That(pool.Add(tooLarge), Is.EqualTo(TransactionRefusal.PoolFull));
        Assert.That(pool.Count, Is.EqualTo(6));
        Assert.That(pool.Add(large), Is.EqualTo(TransactionRefusal.None));
        // A little over two of the small ones in size: three of them give way.
        Assert.That(pool.Count, Is.EqualTo(4));
    }

    [Test]
    public void Collect_stops_at_enough_and_lets_the_last_go_beyond()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Transaction[] all = [.. Enumerable.Range(0, 5).Select(nonce => Transfer(Alice, (ulong)nonce))];
        Assert.That(all.Select(pool.Add), Is.All.EqualTo(TransactionRefusal.None));

        Assert.That(pool.Collect(PlentyOfGas, int.MaxValue, 100, new Gas(150_000)), Is.EqualTo(all[..2]));
        Assert.That(pool.Collect(new Gas(15), int.MaxValue, 100, new Gas(150_000)), Is.EqualTo(all[..1]));
    }

    [Test]
    public void Collect_gives_no_second_turn_for_nonces_sent_in_reverse()
    {
        (FakeChain _, TransactionPool pool) = Make();
        for (ulong nonce = 100; nonce > 0; nonce--)
        {
            pool.Add(Transfer(Alice, nonce - 1));
        }

        Transaction late = Transfer(Bob, 0);
        pool.Add(late);
        Assert.That(pool.Collect(PlentyOfGas, int.MaxValue, PoolSelection.TurnSize + 1), Does.Contain(late));
    }

    [Test]
    public void OnCommitted_drops_included_past_and_expired_and_long_gapped()
    {
        (FakeChain chain, TransactionPool pool) = Make(limits: new PoolLimits(MaxGapBlocks: 3));
        Transaction included = Transfer(Alice, 0);
        Transaction replaced = Transfer(Bob, 0, value: 5);
        Transaction expiring = Transfer(Alice, 1, validUntil: 1);
        Transaction gapped = Transfer(Bob, 7);
        Transaction behind = Transfer(Alice, 2);
        foreach (Transaction each in new[] { included, replaced, expiring, gapped, behind })
        {
            pool.Add(each);
        }

        chain.Commit(chain.MakeNext(included, Transfer(Bob, 0, value: 6)));
        Assert.That(Remaining(), Is.EqualTo(new[] { gapped.Id, behind.Id }));
        chain.Commit(chain.MakeNext());
        chain.Commit(chain.MakeNext());
        Assert.That(Remaining(), Is.EqualTo(new[] { behind.Id }));
        chain.Commit(chain.MakeNext());
        Assert.That(Remaining(), Is.Empty);
        Assert.That(pool.Bytes, Is.Zero);

        Hash32[] Remaining() =>
            [.. new[] { included, replaced, expiring, gapped, behind }.Select(t => t.Id)
                .Where(id => pool.TryGet(id, out _))];
    }

    [Test]
    public void NextNonce_counts_what_waits_up_to_the_gap()
    {
        (FakeChain _, TransactionPool pool) = Make();
        Assert.That(pool.NextNonce(Alice.Address), Is.Zero);
        pool.Add(Transfer(Alice, 0));
        pool.Add(Transfer(Alice, 1));
        pool.Add(Transfer(Alice, 3));

        Assert.That(pool.NextNonce(Alice.Address), Is.EqualTo(2));
    }

    [Test]
    public void Admitted_is_raised_once_for_what_was_admitted()
    {
        (FakeChain _, TransactionPool pool) = Make();
        List<Hash32> announced = [];
        pool.Admitted += transaction => announced.Add(transaction.Id);
        Transaction transaction = Transfer(Alice, 0);
        pool.Add(transaction);
        pool.Add(transaction);
        pool.Add(WithBadSignature(Transfer(Alice, 1)));

        Assert.That(announced, Is.EqualTo(new[] { transaction.Id }));
    }

    [Test]
    public async Task Add_from_many_threads_beside_commits_keeps_every_index_consistent()
    {
        (FakeChain chain, TransactionPool pool) = Make();
        SigningKey[] keys = [.. Enumerable.Range(200, 8).Select(Of)];
        foreach (SigningKey key in keys)
        {
            chain.Fund(key.Address, 1_000_000);
        }

        Task commits = Task.Run(() =>
        {
            for (int block = 0; block < 20; block++)
            {
                chain.Commit(chain.MakeNext([.. pool.Collect(PlentyOfGas, Limits.MaxBlockBytes, 10)]));
            }
        });
        Task[] adders = [.. keys.Select(key => Task.Run(() =>
        {
            for (ulong nonce = 0; nonce < 40; nonce++)
            {
                pool.Add(Transfer(key, nonce));
            }
        }))];
        await Task.WhenAll([commits, .. adders]);
        while (pool.Collect(PlentyOfGas, Limits.MaxBlockBytes, 1_000) is { Count: > 0 } rest)
        {
            chain.Commit(chain.MakeNext([.. rest]));
        }

        Assert.That((pool.Count, pool.Bytes), Is.EqualTo((0, 0L)));
        Assert.That(keys.Select(key => pool.NextNonce(key.Address)), Is.All.EqualTo(40));
    }

    private static (FakeChain Chain, TransactionPool Pool) Make(ulong balance = 1_000_000, PoolLimits? limits = null)
    {
        FakeChain chain = new();
        chain.Fund(Alice.Address, balance);
        chain.Fund(Bob.Address, balance);
        TransactionPool pool = new(chain, limits);
        chain.Observe(pool);
        return (chain, pool);
    }

    private static IEnumerable<Hash32> Collected(TransactionPool pool) =>
        pool.Collect(PlentyOfGas, Limits.MaxBlockBytes, 1_000).Select(transaction => transaction.Id);
}
