namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>One network at one rate.</summary>
/// <param name="Validators">Members of the council.</param>
/// <param name="Offered">Transactions offered each second.</param>
/// <param name="Report">What became of it.</param>
internal sealed record SaturationPoint(int Validators, double Offered, LoadReport Report);
