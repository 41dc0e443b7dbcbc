using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Dashboard.Browser;

/// <summary>The other party of what a page buys: the demo account, which has no meter and delivers nothing.</summary>
internal static class Seller
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Offers energy in a slot, and returns when the order is final.</summary>
    public static async Task SellAsync(
        Devnet devnet, MarketParameters market, ulong slot, uint energyWh, UInt256 price)
    {
        using SigningKey key = devnet.UnlockDemo();
        TransactionDraft draft = new()
        {
            To = EnergyMarketContract.Address,
            Value = market.CollateralFor(energyWh),
            Data = EnergyMarketContract.PlaceOrder(slot, Devnet.DemoSite, OrderKind.Sell, energyWh, price),
        };
        PreparedTransaction prepared =
            await new TransactionBuilder(devnet.Node).PrepareAsync(draft, key.Address, CancellationToken.None);
        SubmitResult sent = await devnet.Node.SubmitAsync(prepared.Sign(key), CancellationToken.None);
        Assert.That(sent.Refusal, Is.EqualTo(TransactionRefusal.None));
        TransactionInfo outcome =
            await devnet.Node.WaitForTransactionAsync(sent.Id, Patience, CancellationToken.None);
        Assert.That(outcome.Receipt is { Succeeded: true }, $"the seller's order: {outcome.Receipt?.Failure}");
    }
}
