using System.Collections;
using EnergyChain.Client;

namespace EnergyChain.Dashboard.Live;

/// <summary>A question to the node that pages share: the same key is asked once for all of them.</summary>
/// <param name="Key">Names question and parameters, such as "block/17". The same key must always mean the same.</param>
/// <param name="Load">Asks the node.</param>
/// <param name="Every">The least time between two askings while a page watches; null asks once.</param>
public sealed record LiveQuery<T>(string Key, Func<INodeClient, CancellationToken, Task<T>> Load, TimeSpan? Every)
{
    /// <summary>Says of an answer that it will not change any more; then it is not asked again.</summary>
    public Func<T, bool> IsFinal { get; init; } = _ => false;

    /// <summary>How long the last answer stays when no page watches it any more.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many rows an answer keeps in memory, by which <see cref="SharedAnswers"/> is bounded. Lists count
    /// themselves; an answer that holds lists within has to say.
    /// </summary>
    public Func<T, int> Rows { get; init; } = static answer => answer is ICollection list ? list.Count : 1;

    /// <summary>
    /// Whether the answer is read out of many pages of the node's history. Those wait for each other
    /// (<see cref="HistoryGate"/>) and not with the questions of now.
    /// </summary>
    public bool IsHistory { get; init; }
}
