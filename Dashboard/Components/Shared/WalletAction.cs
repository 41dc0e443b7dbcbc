using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Trading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace EnergyChain.Dashboard.Components.Shared;

/// <summary>
/// Something that the operator's key signs: it is tried, confirmed in a dialog, sent and followed until it is final.
/// One at a time.
/// </summary>
public abstract class WalletAction : ComponentBase, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _gone = new();

    [Inject]
    internal OperatorWallet Wallet { get; set; } = null!;

    [Inject]
    internal NodeSession Session { get; set; } = null!;

    [Inject]
    internal DialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    internal Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>Null before the first try.</summary>
    protected SendState? State { get; private set; }

    protected bool IsBusy { get; private set; }

    public void Dispose()
    {
        _gone.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks <paramref name="confirm"/> with the cost, and sends when it says yes.</summary>
    protected async Task RunAsync(TransactionDraft draft, Func<PreparedTransaction, Task<bool>> confirm)
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        State = null;
        try
        {
            PreparedTransaction prepared = await Wallet.PrepareAsync(draft, _gone.Token);
            if (!await confirm(prepared))
            {
                return;
            }

            // Only now: the login may have ended while the dialog was open.
            if (Authentication is { } authentication)
            {
                await SendAsync(draft, prepared, (await authentication).User);
            }
        }
        catch (CallRevertedException refusal)
        {
            State = new SendState("Refused", "bad", refusal.Failure, State?.Id);
        }
        catch (NodeClientException error)
        {
            State = new SendState(State is null ? "Refused.Node" : "Unsure", "bad", error.Message, State?.Id);
        }
        catch (FeeLimitException error)
        {
            State = new SendState("Refused.Fee", "bad", error.Message);
        }
        catch (UnauthorizedAccessException)
        {
            State = new SendState("Refused.Login", "bad");
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Nobody looks any more; what was sent stays sent.
        }
        finally
        {
            IsBusy = false;
        }
    }

    // What was confirmed is sent even if its row has left the page meanwhile; only the waiting ends then.
    private async Task SendAsync(
        TransactionDraft draft, PreparedTransaction confirmed, System.Security.Claims.ClaimsPrincipal user)
    {
        State = new SendState("Sent");
        StateHasChanged();
        SubmitResult result = await Wallet.SendAsync(user, draft, confirmed.MaxFee, CancellationToken.None);
        if (result.Refusal != TransactionRefusal.None)
        {
            State = new SendState("Refused.Node", "bad", result.Detail);
            return;
        }

        State = new SendState("Sent", Id: result.Id);
        StateHasChanged();
        TransactionInfo outcome = await Session.Node.WaitForTransactionAsync(result.Id, Patience, _gone.Token);
        State = outcome.Receipt switch
        {
            { Succeeded: true } receipt => new SendState("Final", "good", Id: result.Id, Block: receipt.Height),
            { } receipt => new SendState("Failed", "bad", receipt.Failure, result.Id, receipt.Height),
            null => new SendState("Late", Id: result.Id),
        };
    }
}
