using EnergyChain.Client;

namespace EnergyChain.Dashboard.Live;

/// <summary>How the dashboard and its node stand to each other: a closed set.</summary>
public abstract record LinkState
{
    private LinkState()
    {
    }

    /// <summary>No answer yet since the dashboard started.</summary>
    public sealed record Connecting : LinkState;

    /// <summary>The node answers and its blocks come.</summary>
    public sealed record Live : LinkState;

    /// <summary>The node answers but its head stands still.</summary>
    /// <param name="Since">When the last block came.</param>
    public sealed record Stale(DateTimeOffset Since) : LinkState;

    /// <summary>The node does not answer; the dashboard goes on trying.</summary>
    /// <param name="Since">When it last did.</param>
    /// <param name="Error">Of what kind the reason is; names its text.</param>
    /// <param name="Reason">Why, in a sentence of the link.</param>
    public sealed record Down(DateTimeOffset Since, NodeClientError Error, string Reason) : LinkState;

    /// <summary>The node is of another chain; nothing of it is shown.</summary>
    /// <param name="Expected">The chain that this dashboard is for.</param>
    /// <param name="Found">The chain of the node.</param>
    public sealed record WrongChain(string Expected, string Found) : LinkState;
}
