using EnergyChain.Client;

namespace EnergyChain.Dashboard.Live;

/// <summary>What is known of a shared question. Immutable.</summary>
/// <param name="Value">The last answer.</param>
/// <param name="Error">Why the last asking gave none.</param>
/// <param name="AsOf">When the answer came.</param>
/// <param name="Rows">What the value counts for in memory.</param>
/// <param name="IsFinal">Whether the value will not change any more.</param>
internal sealed record AnswerState(
    object? Value, NodeClientException? Error, DateTimeOffset AsOf, int Rows, bool IsFinal)
{
    public static readonly AnswerState None = new(null, null, default, 0, false);
}
