using EnergyChain.Client;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.Trading;

namespace EnergyChain.Dashboard.Tests.Access;

/// <summary>Something to send, and a test in place of its dialog.</summary>
public sealed class SendingAction : WalletAction
{
    /// <summary>How far it is.</summary>
    public SendState? Reached => State;

    public Task SendAsync(TransactionDraft draft, Func<Task<bool>> confirm) => RunAsync(draft, _ => confirm());
}
