using EnergyChain.Client;

namespace EnergyChain.Dashboard.Live;

/// <summary>What is known of a shared question. Immutable.</summary>
/// <param name="Value">The last answer.</param>
/// <param name="Error">Why the last asking gave none.</param>
/// <param name="AsOf">When the answer came.</param>
internal sealed record AnswerState(object? Value, NodeClientException? Error, DateTimeOffset AsOf);
