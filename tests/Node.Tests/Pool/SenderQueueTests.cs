using CsCheck;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Pool;

/// <summary>The queue of a sender against a sorted dictionary.</summary>
public sealed class SenderQueueTests
{
    private const int Nonces = 40;

    private static readonly PoolAccount Account = new(TestKeys.Alice.Address);
    private static readonly Dictionary<ulong, PoolEntry> Entries = Enumerable.Range(0, 4 * Nonces).ToDictionary(
        static nonce => (ulong)nonce,
        static nonce => new PoolEntry(
            TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce), Account, Account, 0));

    private static readonly Gen<(int Kind, int Offset)[]> Steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Nonces - 1]).Array[1, 200];

    [Test]
    public void Queue_agrees_with_a_sorted_dictionary() => Steps.Sample(steps =>
    {
        ulong accountNonce = 3;
        SenderQueue queue = new(accountNonce);
        SortedDictionary<ulong, PoolEntry> model = [];
        foreach ((int kind, int offset) in steps)
        {
            ulong nonce = accountNonce + (ulong)offset;
            switch (kind)
            {
                case 0 when accountNonce + 4 < 3 * Nonces:
                    accountNonce += (ulong)(offset % 4);
                    MoveTo(queue, model, accountNonce);
                    break;
                case 1 or 2 when model.Remove(nonce):
                    queue.Remove(Entries[nonce]);
                    break;
                case > 4 when model.TryAdd(Next(model, accountNonce), Entries[Next(model, accountNonce)]):
                    queue.Add(model.Values.Single(each => !queue.Has(each.Nonce)));
                    break;
                case 3 or 4 when model.TryAdd(nonce, Entries[nonce]):
                    queue.Add(Entries[nonce]);
                    break;
                default:
                    break;
            }

            AssertSame(queue, model, accountNonce);
        }
    }, iter: 300);

    private static void MoveTo(SenderQueue queue, SortedDictionary<ulong, PoolEntry> model, ulong accountNonce)
    {
        while (queue.TryTakePast(accountNonce, out PoolEntry past))
        {
            Assert.That(past.Nonce, Is.EqualTo(model.Keys.First()));
            Assert.That(model.Remove(past.Nonce), Is.True);
        }

        Assert.That(model.Keys, Is.All.GreaterThanOrEqualTo(accountNonce));
        queue.MoveTo(accountNonce);
    }

    private static ulong Next(SortedDictionary<ulong, PoolEntry> model, ulong accountNonce)
    {
        ulong next = accountNonce;
        while (model.ContainsKey(next))
        {
            next++;
        }

        return next;
    }

    private static void AssertSame(SenderQueue queue, SortedDictionary<ulong, PoolEntry> model, ulong accountNonce)
    {
        ulong next = Next(model, accountNonce);
        Assert.That((queue.Count, queue.NextNonce), Is.EqualTo((model.Count, next)));
        Assert.That(queue.Ready, Is.EqualTo(model.Keys.Count(nonce => nonce < next)));
        Assert.That(Enumerable.Range(0, queue.Count).Select(i => queue[i]), Is.EqualTo(model.Values));
        for (ulong nonce = 0; nonce < accountNonce + Nonces; nonce++)
        {
            int index = queue.IndexOf(nonce);
            Assert.That(index >= 0, Is.EqualTo(model.ContainsKey(nonce)));
            if (index >= 0)
            {
                Assert.That(queue[index].Nonce, Is.EqualTo(nonce));
                Assert.That(queue[queue.EndOfRun(index) - 1].Nonce + 1, Is.EqualTo(Next(model, nonce)));
            }
        }
    }
}
