// What Blazor cannot do by itself under the content policy: tell of a lost connection, and load the page anew when the
// server no longer knows it.
const notice = document.getElementById("components-reconnect-modal");

notice.addEventListener("components-reconnect-state-changed", (event) => {
  const state = event.detail.state;
  notice.dataset.state = state;
  if (state === "show" && !notice.open) {
    notice.show();
  } else if (state === "hide" && notice.open) {
    notice.close();
  } else if (state === "failed") {
    document.addEventListener("visibilitychange", again);
    setTimeout(again, 5000);
  } else if (state === "rejected") {
    location.reload();
  }
});

// The router scrolls to a fragment and leaves the focus where it was, from which a keyboard would go on.
document.addEventListener("click", (event) => {
  if (event.target.closest(".skip")) {
    document.getElementById("content").focus();
  }
});

document.getElementById("reconnect-reload").addEventListener("click", () => location.reload());

async function again() {
  if (document.visibilityState !== "visible") {
    return;
  }

  document.removeEventListener("visibilitychange", again);
  try {
    if (!(await Blazor.reconnect())) {
      location.reload();
    }
  } catch {
    document.addEventListener("visibilitychange", again);
    setTimeout(again, 5000);
  }
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) {
    window.print();
  }
});
