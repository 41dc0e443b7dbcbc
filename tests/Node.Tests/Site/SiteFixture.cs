using System.Buffers.Binary;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Site;
using EnergyChain.Node.Tests.Api;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Site;

/// <summary>A site on a chain and a pool that answer as the test says.</summary>
internal sealed class SiteFixture : IDisposable
{
    public SiteFixture()
    {
        Sender = new TransactionSender(Chain, Pool, new FakeTimeProvider());
        Pool.Judge = transaction =>
        {
            Offered.Add(SlotOf(transaction.Body.Data.Span));
            return Refusal(transaction);
        };
    }

    public FakeChain Chain { get; } = new();

    public FakePool Pool { get; } = new();

    public TransactionSender Sender { get; }

    public SiteIdentity Site { get; } =
        new(new SiteOptions { CommunitySize = 1 }, TestKeys.Of(2), TestKeys.Of(3));

    /// <summary>The slots of all transactions that the pool was offered, in order.</summary>
    public List<ulong> Offered { get; } = [];

    public Func<Transaction, TransactionRefusal> Refusal { get; set; } = static _ => TransactionRefusal.None;

    /// <summary>The slot is the first word that any of the calls carries.</summary>
    public static ulong SlotOf(ReadOnlySpan<byte> callData) => BinaryPrimitives.ReadUInt64BigEndian(callData[28..36]);

    public void Dispose()
    {
        Sender.Dispose();
        Site.Dispose();
    }
}
