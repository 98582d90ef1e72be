//! A journey: its name, what it needs, and the story. And the context that a story is told in.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::browser::Browser;
use crate::driver::ColorScheme;
use crate::environment::Artifact;
use crate::error::{JourneyError, Outcome};
use crate::host::HostPage;
use crate::programs::Programs;
use crate::widget::Widget;

/// What must be there for a journey besides a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Pages of its own only.
    Nothing,
    /// The three programs and the widget.
    Programs,
    /// Those, and axe-core.
    Axe,
    /// Those, and npm's `oidc-provider`.
    OpenId,
    /// The programs and the npm package that the widget replaces.
    OldPackage,
    /// Those, and the practice Web Connector.
    WebConnector,
    /// The programs and the built Vite example.
    Vite,
    /// The programs and the other built examples.
    Examples,
    /// The gallery's page and axe-core, and no program.
    Gallery,
    /// What the bench starts by itself, with the package that the widget replaces.
    Bench,
}

impl Needs {
    /// Which things must have been handed over.
    pub const fn artifacts(self) -> &'static [Artifact] {
        use Artifact::{
            ConnectServer, Dist, ExamplesOut, Gallery, Host, NodeModules, OldPackage, Simulator, ViteOut,
            WebConnector,
        };
        match self {
            Self::Nothing => &[],
            Self::Programs => &[Dist, ConnectServer, Simulator, Host],
            Self::Axe | Self::OpenId | Self::OldPackage => {
                &[Dist, ConnectServer, Simulator, Host, NodeModules]
            }
            Self::WebConnector => &[Dist, ConnectServer, Simulator, Host, NodeModules, WebConnector],
            Self::Vite => &[Dist, ConnectServer, Simulator, Host, ViteOut],
            Self::Gallery => &[Gallery, NodeModules],
            Self::Bench => &[Dist, ConnectServer, Simulator, OldPackage],
            Self::Examples => &[Dist, ConnectServer, Simulator, Host, ExamplesOut],
        }
    }

    /// Checks that everything is there.
    ///
    /// # Errors
    /// A sentence that names the first thing that is missing.
    pub fn check(self) -> Result<(), String> {
        self.artifacts().iter().try_for_each(|artifact| artifact.path().map(drop))
    }
}

/// Which engines a journey is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engines {
    /// Chromium, Firefox and `WebKitGTK`.
    All,
    /// Chromium only, since what it tests is not ours and browser-independent.
    ChromiumOnly,
}

/// What happens, told with the context.
pub type Story = for<'a> fn(&'a Context) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// A story with its name, what it needs, and where it can be told.
#[derive(Debug, Clone, Copy)]
pub struct Journey {
    /// A sentence that says what holds, and stands in the report.
    pub name: &'static str,
    /// What has to be built or running, or the journey is skipped.
    pub needs: Needs,
    /// For which engines it is.
    pub engines: Engines,
    /// The colours that the person's system prefers.
    pub color_scheme: ColorScheme,
    /// How long it may take.
    pub limit: Duration,
    /// The story itself; it fails with what was not as it should be.
    pub story: Story,
}

impl Journey {
    /// A journey through the programs in all engines. It takes seconds; the limit is for one that hangs.
    pub const fn new(name: &'static str, story: Story) -> Self {
        Self {
            name,
            needs: Needs::Programs,
            engines: Engines::All,
            color_scheme: ColorScheme::Light,
            limit: Duration::from_mins(4),
            story,
        }
    }

    /// With other needs.
    #[must_use]
    pub const fn needs(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// In Chromium only.
    #[must_use]
    pub const fn chromium_only(mut self) -> Self {
        self.engines = Engines::ChromiumOnly;
        self
    }

    /// With a system that prefers dark colours.
    #[must_use]
    pub const fn dark(mut self) -> Self {
        self.color_scheme = ColorScheme::Dark;
        self
    }

    /// With another time limit.
    #[must_use]
    pub const fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }
}

/// What a story is told with.
#[derive(Debug)]
pub struct Context {
    /// A browser with a new profile.
    pub browser: Browser,
    /// The programs; journeys that need [`Needs::Nothing`] have none.
    pub programs: Option<Arc<Programs>>,
    /// The colours that the person's system prefers.
    pub color_scheme: ColorScheme,
    /// A business name that no other journey uses.
    pub business: String,
}

impl Context {
    /// The programs.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when the journey said that it needs none.
    pub fn programs(&self) -> Outcome<&Programs> {
        self.programs.as_deref().ok_or_else(|| JourneyError::Program {
            program: "the programs".to_owned(),
            reason: "this journey does not ask for it".to_owned(),
        })
    }

    /// The widget in the current window.
    pub const fn widget(&self) -> Widget<'_> {
        Widget::of(&self.browser)
    }

    /// The host page in the current window.
    pub const fn host(&self) -> HostPage<'_> {
        HostPage::of(&self.browser)
    }

    /// Loads the host page with the journey's own business and further options.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn open(&self, options: &[(&str, &str)]) -> Outcome {
        let mut all = vec![("businessName", self.business.as_str())];
        all.extend_from_slice(options);
        self.open_with(&all).await
    }

    /// The same, with the server that has every service there is ([`Programs::all_services_server`]) behind the widget.
    ///
    /// # Errors
    /// [`JourneyError::Program`] when it does not start, [`JourneyError::Driver`].
    pub async fn open_all_services(&self, options: &[(&str, &str)]) -> Outcome {
        let mut all = vec![("endpoint", self.programs()?.all_services_server().await?)];
        all.extend_from_slice(options);
        self.open(&all).await
    }

    /// Loads the host page with exactly these options.
    ///
    /// # Errors
    /// [`JourneyError::Driver`].
    pub async fn open_with(&self, options: &[(&str, &str)]) -> Outcome {
        let address = self.programs()?.host_page(options);
        self.browser.goto(&address).await
    }
}
