namespace EnergyChain.StateTests;

/// <summary>A line between the runner and a worker process.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Path">Of <see cref="WorkerMessageKind.Run"/>: the file.</param>
/// <param name="First">Of <see cref="WorkerMessageKind.Run"/>: how many of its cases to leave out at the start.</param>
/// <param name="Result">
/// Of <see cref="WorkerMessageKind.Begin"/> the case as a failure, should nothing more come; of
/// <see cref="WorkerMessageKind.Done"/> what became of it.
/// </param>
internal sealed record WorkerMessage(
    WorkerMessageKind Kind, string? Path = null, int First = 0, StateTestResult? Result = null);
