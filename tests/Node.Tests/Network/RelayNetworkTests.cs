using EnergyChain.Core.Chain;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network;

/// <summary>Relays that find each other.</summary>
public sealed class RelayNetworkTests
{
    private readonly List<TestNode> _nodes = [];

    [TearDown]
    public async Task Stop()
    {
        foreach (TestNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nodes.Clear();
    }

    [Test]
    public async Task Relay_that_knows_one_relay_finds_the_others_and_needs_the_first_no_more()
    {
        TestNode validator = await AddAsync(0, 0);
        TestNode[] relays = [await AddAsync(null, 1), await AddAsync(null, 2), await AddAsync(null, 3)];
        await relays[0].LinkToAsync(validator);
        await relays[1].LinkToAsync(relays[0]);
        await relays[2].LinkToAsync(relays[1]);
        TestNode late = await AddAsync(null, 4);
        await late.LinkToAsync(relays[2]);

        await late.LinkWithAsync(relays[0].Id);
        await late.LinkWithAsync(relays[1].Id);
        Assert.That(late.Links.TryGet(validator.Id, out _), Is.False, "validators' addresses are not told");

        CommittedBlock first = Announce(validator);
        await TestNode.Within(late.Chain.Reaches(1));
        Assert.That(late.Chain.Head.Hash, Is.EqualTo(first.Block.Hash));

        Transaction payment = TestTransactions.Transfer(TestKeys.Alice, 0);
        late.Pool.Add(payment);
        await TestNode.Within(validator.Pool.Arrival(payment.Id));

        _nodes.Remove(relays[2]);
        await relays[2].DisposeAsync();
        Announce(validator, payment);
        await TestNode.Within(late.Chain.Reaches(2));
        Assert.That(late.Chain.TryFindTransaction(payment.Id, out _), Is.True);
    }

    // A validator that is to join the council follows the chain by a relay until the vote.
    [Test]
    public async Task Validator_that_is_not_in_the_council_follows_by_a_relay()
    {
        TestNode validator = await AddAsync(0, 0);
        TestNode relay = await AddAsync(null, 1);
        TestNode other = await AddAsync(null, 2);
        await relay.LinkToAsync(validator);
        await other.LinkToAsync(relay);
        TestNode candidate = await AddAsync(4, 0);
        await candidate.LinkToAsync(relay);

        for (ulong height = 1; height <= 3; height++)
        {
            Announce(validator);
            await TestNode.Within(candidate.Chain.Reaches(height));
        }

        Assert.That(candidate.Links.TryGet(relay.Id, out PeerLink? link) && !link.Closing.IsCancellationRequested);
        Assert.That(relay.Log.Lines.Concat(candidate.Log.Lines), Has.None.Contains("UnexpectedFrame"));
        Assert.That(other.Links.TryGet(candidate.Id, out _), Is.False, "validators' addresses are not told");
    }

    private static CommittedBlock Announce(TestNode validator, params Transaction[] transactions)
    {
        CommittedBlock block = validator.Chain.MakeNext(transactions);
        validator.Chain.Commit(block);
        validator.Network.AnnounceBlock(block);
        return block;
    }

    private async Task<TestNode> AddAsync(int? member, int keyNumber)
    {
        FakeChain chain = new();
        chain.Fund(TestKeys.Alice.Address, 1_000);
        TestNode node = await TestNode.StartAsync(chain, member, keyNumber, options =>
        {
            options.MaxRetryMs = 50;
            options.AddressIntervalMs = 50;
        });
        node.Options.AdvertisedAddress = node.Address.Endpoint;
        _nodes.Add(node);
        return node;
    }
}
