using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Hosting;
using EnergyChain.Dashboard.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Dashboard.Tests;

/// <summary>The link to the node and what pages share of it.</summary>
public sealed class SessionTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_780_000_000));

    [Test]
    public async Task Node_that_answers_is_live_and_its_blocks_come()
    {
        FakeNode node = new();
        using NodeSession session = await StartAsync(node);
        ulong height = 10;
        NodeView view = await UntilAsync(
            session,
            view => view is { Link: LinkState.Live, Blocks.Count: > 0 },
            () => node.Blocks.Writer.TryWrite(FakeNode.Block(++height, transactions: 2)));
        Assert.That(view.Blocks[0].Transactions, Is.EqualTo(2));
        await session.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Node_of_another_chain_shows_nothing()
    {
        FakeNode node = new() { ChainId = 8 };
        DashboardOptions options = new() { DataDirectory = "unused", ChainId = 7 };
        using NodeSession session = await StartAsync(node, options);
        NodeView view = await UntilAsync(session, view => view.Link is LinkState.WrongChain);
        Assert.That(view.Status, Is.Null);
        await session.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Node_that_is_gone_is_down_since_its_last_answer_and_heals()
    {
        FakeNode node = new();
        using NodeSession session = await StartAsync(node);
        NodeView live = await UntilAsync(session, view => view.IsFresh);
        node.Failure = new NodeClientException(NodeClientError.Unreachable, "gone");
        NodeView down = await UntilAsync(session, view => view.Link is LinkState.Down);
        LinkState.Down link = (LinkState.Down)down.Link;
        Assert.That(link.Reason, Is.EqualTo("gone"));
        Assert.That(link.Since, Is.GreaterThanOrEqualTo(live.AsOf).And.LessThanOrEqualTo(_time.GetUtcNow()));
        node.Failure = null;
        await UntilAsync(session, view => view.IsFresh);
        await session.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Sites_beyond_the_first_page_are_there()
    {
        FakeNode node = new()
        {
            SitesAtOnce = 2,
            Sites =
            [
                .. Enumerable.Range(1, 5).Select(site => new SiteInfo(
                    (uint)site, "", Address.FromNumber(1), new BlockTime(1), null, null, null, null, null, null, [])),
            ],
        };
        using NodeSession session = await StartAsync(node);
        NodeView view = await UntilAsync(session, view => view.IsFresh);
        Assert.That(view.Sites.Select(site => site.Site), Is.EqualTo(new uint[] { 1, 2, 3, 4, 5 }));
        await session.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Head_that_stands_still_is_stale()
    {
        using NodeSession session = await StartAsync(new FakeNode());
        NodeView view = await UntilAsync(session, view => view.Link is LinkState.Stale);
        Assert.That(_time.GetUtcNow() - ((LinkState.Stale)view.Link).Since, Is.GreaterThan(TimeSpan.FromSeconds(10)));
        await session.StopAsync(CancellationToken.None);
    }

    [Test]
    public void Blocks_are_bounded_and_never_repeated()
    {
        NodeView view = NodeView.Nothing;
        for (ulong height = 1; height <= 2 * NodeView.MaxBlocks; height++)
        {
            view = view.With(BlockRow.Of(FakeNode.Block(height)));
            view = view.With(BlockRow.Of(FakeNode.Block(height)));
        }

        Assert.That(view.Blocks, Has.Count.EqualTo(NodeView.MaxBlocks));
        Assert.That(view.Blocks[0].Height.Value, Is.EqualTo(2 * NodeView.MaxBlocks));
    }

    [Test]
    public async Task Hundred_pages_that_ask_the_same_are_one_question()
    {
        using NodeSession session = new(
            new FakeNode(), DashboardContext.Options, _time, NullLogger<NodeSession>.Instance);
        using SharedAnswers answers = new(session, _time, NullLogger<SharedAnswers>.Instance);
        int asked = 0;
        LiveQuery<string> query = new("same", (_, _) => Task.FromResult($"{++asked}"), null);
        LiveAnswer<string>[] pages = [.. Enumerable.Range(0, 100).Select(_ => answers.Watch(query, () => { }))];
        await Task.WhenAll(pages.Select(page => page.First));
        Assert.That(asked, Is.EqualTo(1));
        Assert.That(pages.Select(page => page.Value), Is.All.EqualTo("1"));
    }

    [Test]
    public void Watcher_that_left_is_not_called()
    {
        Pulse pulse = new(_time, TimeSpan.FromSeconds(1));
        int called = 0;
        using (pulse.Watch(() => called++))
        {
            pulse.Beat();
        }

        pulse.Beat();
        Assert.That((called, pulse.WatcherCount), Is.EqualTo((1, 0)));
    }

    private async Task<NodeSession> StartAsync(FakeNode node, DashboardOptions? options = null)
    {
        NodeSession session = new(node, options ?? DashboardContext.Options, _time, NullLogger<NodeSession>.Instance);
        await session.StartAsync(CancellationToken.None);
        return session;
    }

    // The clock is moved until it is so: what waits is the session's timers, not this test.
    private async Task<NodeView> UntilAsync(
        NodeSession session, Func<NodeView, bool> isSo, Action? meanwhile = null)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!isSo(session.Current))
        {
            patience.Token.ThrowIfCancellationRequested();
            meanwhile?.Invoke();
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        return session.Current;
    }
}
