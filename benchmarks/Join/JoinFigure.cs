namespace EnergyChain.Benchmarks.Join;

/// <summary>One figure of the benchmark of joining.</summary>
/// <param name="Name">What was joined.</param>
/// <param name="Amount">How many blocks or accounts.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="PerSecond">Amount by seconds.</param>
/// <param name="Holds">Whether it is within what the project promises.</param>
internal sealed record JoinFigure(string Name, int Amount, double Seconds, double PerSecond, bool Holds);
