using EnergyChain.Core.Crypto;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Benchmarks.Load;

/// <summary>A site whose agent the first relay of a network runs.</summary>
/// <param name="Options">Its section of the config.</param>
/// <param name="Account">Trades for it.</param>
/// <param name="Device">Signs its records.</param>
internal sealed record SiteSetup(SiteOptions Options, SigningKey Account, SigningKey Device);
